package peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the topics into two plain tables: every event into ledger, the newest of each key into person. At least once:
 * the offsets are committed after the transaction of both tables. It says "messages so far" at each commit.
 * Arguments: brokers, topics with commas, JDBC URL, threads.
 */
final class BatchConsumer implements Runnable {
  private static final int BATCH = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicLong DONE = new AtomicLong();

  private static final String LEDGER =
      "INSERT INTO ledger (source, id, type, subject, time, received, payload) VALUES (?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (source, id) DO NOTHING";
  private static final String PERSON =
      "INSERT INTO person (subject, source, last_id, last_type, last_time, payload) VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (subject) DO UPDATE SET source = excluded.source, last_id = excluded.last_id,"
          + " last_type = excluded.last_type, last_time = excluded.last_time, payload = excluded.payload"
          + " WHERE person.last_time <= excluded.last_time";

  private record Event(String source, String id, String type, String subject, Timestamp time, Timestamp received, String payload) {}

  private final String[] args;

  private BatchConsumer(String[] args) {
    this.args = args;
  }

  public static void main(String[] args) {
    for (int thread = 0; thread < Integer.parseInt(args[3]); thread++) new Thread(new BatchConsumer(args)).start();
  }

  @Override
  public void run() {
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings());
        Connection database = DriverManager.getConnection(args[2])) {
      database.setAutoCommit(false);
      consumer.subscribe(List.of(args[1].split(",")));
      while (true) {
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) events.add(read(message.value()));
        if (events.isEmpty()) continue;
        write(database, events);
        consumer.commitSync();
        System.out.println(DONE.addAndGet(events.size()));
      }
    } catch (Exception error) {
      error.printStackTrace();
      System.exit(1);
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("group.id", "java-consumer");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    settings.put("max.poll.records", BATCH);
    settings.put("fetch.min.bytes", 1 << 20);
    settings.put("fetch.max.wait.ms", 100);
    settings.put("max.partition.fetch.bytes", 8 << 20);
    settings.put("key.deserializer", StringDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return settings;
  }

  private static Event read(byte[] bytes) throws java.io.IOException {
    JsonNode event = JSON.readTree(bytes);
    return new Event(
        event.get("source").textValue(),
        event.get("id").textValue(),
        event.get("type").textValue(),
        event.get("subject").textValue(),
        instant(event.get("time").textValue()),
        instant(event.get("receivedtime").textValue()),
        event.get("data").textValue());
  }

  private static Timestamp instant(String text) {
    return Timestamp.from(OffsetDateTime.parse(text).toInstant());
  }

  private static void write(Connection database, List<Event> events) throws SQLException {
    // One statement may not touch a row twice: the newest event of each key is enough for person.
    Map<String, Event> newest = new LinkedHashMap<>();
    for (Event event : events)
      newest.merge(event.subject, event, (a, b) -> a.time.after(b.time) ? a : b);
    try (PreparedStatement ledger = database.prepareStatement(LEDGER);
        PreparedStatement person = database.prepareStatement(PERSON)) {
      for (Event event : events) fillLedger(ledger, event);
      ledger.executeBatch();
      for (Event event : newest.values()) fillPerson(person, event);
      person.executeBatch();
      database.commit();
    }
  }

  private static void fillLedger(PreparedStatement statement, Event event) throws SQLException {
    statement.setString(1, event.source);
    statement.setString(2, event.id);
    statement.setString(3, event.type);
    statement.setString(4, event.subject);
    statement.setTimestamp(5, event.time);
    statement.setTimestamp(6, event.received);
    statement.setString(7, event.payload);
    statement.addBatch();
  }

  private static void fillPerson(PreparedStatement statement, Event event) throws SQLException {
    statement.setString(1, event.subject);
    statement.setString(2, event.source);
    statement.setString(3, event.id);
    statement.setString(4, event.type);
    statement.setTimestamp(5, event.time);
    statement.setString(6, event.payload);
    statement.addBatch();
  }
}

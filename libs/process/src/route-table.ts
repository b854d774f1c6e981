/** The routes of the public listener, to tell "no such page" from "not with this method". */
export class RouteTable {
  private readonly routes: { method: string; segments: string[] }[] = [];

  add(methods: string | readonly string[], url: string): void {
    for (const method of typeof methods === 'string' ? [methods] : methods) {
      this.routes.push({ method, segments: url.split('/') });
    }
  }

  /** The methods that this path knows, sorted; none for an unknown path. */
  methodsOf(path: string): string[] {
    const asked = path.split('?', 1)[0]?.split('/') ?? [];
    const methods = this.routes.filter(({ segments }) => matches(segments, asked)).map(({ method }) => method);
    return [...new Set(methods)].toSorted();
  }
}

function matches(segments: string[], asked: string[]): boolean {
  const isOpen = segments.at(-1) === '*';
  const fixed = isOpen ? segments.slice(0, -1) : segments;
  return (
    (isOpen ? asked.length >= segments.length : segments.length === asked.length) &&
    fixed.every((segment, at) => (segment.startsWith(':') ? asked[at] !== '' : segment === asked[at]))
  );
}

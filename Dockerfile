# One image for every app; docker-compose.yml says what each container runs.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY patches patches
RUN npm ci
COPY . .
RUN npm run build

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY patches patches
# Optional packages bring Node itself, which the base image has.
RUN npm ci --omit=dev --omit=optional

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY tools/run.mjs tools/build-when-stale.mjs tools/
# Keys that are made in development: each container has its own volume here.
RUN install -d -o node -g node -m 0700 .simpul
USER node
EXPOSE 3000
# The operators' listener is bound to the loopback address: the check runs inside.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3001/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=4", "--memory-saver-mode", "--no-separate-gc-phases", "dist/apps/hub/src/main.js"]

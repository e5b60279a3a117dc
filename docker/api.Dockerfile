FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm run build
RUN sh docker/assemble.sh api /image

FROM node:24-slim
# Videos need it; without it they are refused and the rest works.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /image .
# Everything that must outlive the container.
ENV DATA_DIR=/data
# As in scripts/memory.mjs.
ENV NODE_OPTIONS="--max-old-space-size=160 --max-semi-space-size=4"
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/api/v1/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/api/dist/main.js"]

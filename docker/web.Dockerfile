FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm run build
RUN sh docker/assemble.sh web /image

FROM node:24-slim
ENV NODE_ENV=production
# As in scripts/memory.mjs.
ENV NODE_OPTIONS="--max-old-space-size=96 --max-semi-space-size=8"
WORKDIR /app
COPY --from=build /image .
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/web/server.js"]

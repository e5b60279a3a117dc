FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm ci --loglevel=error
RUN npx nx run @echomate/web:build
RUN sh docker/assemble.sh web /image

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /image .
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/web/server.js"]

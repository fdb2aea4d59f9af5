# A Parley host: docs/hosting.md#docker. Media needs the host's network: docker run --network host.
FROM node:24-bookworm AS build
WORKDIR /opt/parley
COPY . .
RUN npm run setup && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /opt/parley
RUN useradd --system --home-dir /var/lib/parley --shell /usr/sbin/nologin parley \
  && install --directory --owner=parley --group=parley --mode=0700 /var/lib/parley
COPY --from=build /opt/parley/package.json ./
COPY --from=build /opt/parley/dist ./dist
COPY --from=build /opt/parley/node_modules ./node_modules
ENV NODE_ENV=production \
    PARLEY_DATA=/var/lib/parley \
    PARLEY_JSON=true \
    PARLEY_MONITORING_PORT=9464
USER parley
VOLUME /var/lib/parley
EXPOSE 7443/tcp 7444-7451/tcp 7444-7451/udp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main/headless.js"]

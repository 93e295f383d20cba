# One image per part: docker build --build-arg SERVICE=billing -t kaike/billing .
# SERVICE is one of identity catalog classroom supervision exam billing gateway (which serves edge-media too; supervision
# serves supervision-photos).
# The command says what it does: web (the usual one), worker, migrate, keys rotate, dead list …

ARG PYTHON=python:3.11-slim-bookworm
ARG NODE=node:22-bookworm-slim
ARG SERVICE

FROM ${NODE} AS pages
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
# A mirror is named for one build, never here: docker build --secret id=npm,src=$HOME/.npmrc …
RUN --mount=type=secret,id=npm,target=/root/.npmrc,required=false npm ci
COPY contracts/openapi ../contracts/openapi
COPY frontend ./
RUN npm run build

FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /venv
# A mirror is named for one build, never here: docker build --secret id=pip,src=$HOME/.config/pip/pip.conf …
COPY requirements.lock ./
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,required=false \
    /venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY libs libs
COPY services services
COPY gateway gateway
COPY suite suite
COPY contracts contracts
ARG SERVICE
RUN test -d "services/${SERVICE}" || test "${SERVICE}" = gateway \
    || { echo "build with --build-arg SERVICE=<service>; '${SERVICE}' is none" >&2; exit 1; } \
    && find services -mindepth 1 -maxdepth 1 ! -name "${SERVICE}" -exec rm -r {} + \
    && { test "${SERVICE}" = gateway || rm -r gateway; } \
    && /venv/bin/pip install --no-deps --no-build-isolation -e . \
    && /venv/bin/python suite/prune.py s3 telemetry \
    && /venv/bin/python -m compileall -q libs services suite

FROM ${PYTHON} AS runtime
ARG SERVICE
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TZ=UTC \
    KAIKE_SERVICE=${SERVICE} \
    KAIKE_CONTRACTS=/app/contracts \
    KAIKE_VAR=/var/lib/kaike
RUN useradd --system --uid 10001 --home-dir /var/lib/kaike --create-home --shell /usr/sbin/nologin kaike
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001
WORKDIR /var/lib/kaike
EXPOSE 8000 9100
STOPSIGNAL SIGTERM
ENTRYPOINT ["kaike"]
CMD ["web"]

# The gateway alone brings the pages; with BuildKit no other image waits for them.
FROM runtime AS part-identity
FROM runtime AS part-catalog
FROM runtime AS part-classroom
FROM runtime AS part-supervision
FROM runtime AS part-exam
FROM runtime AS part-billing
FROM runtime AS part-gateway
COPY --from=pages /app/frontend/dist /app/frontend/dist

FROM part-${SERVICE}

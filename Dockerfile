# One image for every process of the desk: `desk worker NAME` says which one a container is.
# Linux on x86-64: some of DuckDB's extensions have no wheel for ARM.

ARG PYTHON=3.13-slim-bookworm
ARG NODE=24-bookworm-slim

# --- the page's libraries, by lock
FROM node:${NODE} AS libraries
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

# --- our wheel, and an environment with what runs and nothing else
FROM python:${PYTHON} AS build
ARG UV=0.13.9
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /build
RUN pip install --no-cache-dir --disable-pip-version-check uv==${UV} && uv venv /opt/streamdesk
COPY requirements.image.lock ./
RUN uv pip sync --no-cache --python /opt/streamdesk/bin/python --require-hashes \
    requirements.image.lock
COPY pyproject.toml README.md dagster.yaml workspace.yaml ./
COPY assets assets
COPY dashboards dashboards
COPY desk desk
COPY inbox_service inbox_service
COPY ingest ingest
COPY streams streams
COPY warehouse warehouse
COPY --from=libraries /build/node_modules node_modules
RUN uv build --no-cache --wheel --out-dir dist . \
    && uv pip install --no-cache --python /opt/streamdesk/bin/python --no-deps dist/*.whl

# --- what runs
FROM python:${PYTHON}
RUN groupadd --gid 10001 streamdesk \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/streamdesk --shell /usr/sbin/nologin \
        streamdesk \
    && install -d -o streamdesk -g streamdesk \
        /var/lib/streamdesk /srv/streamdesk/files /srv/streamdesk/lake
COPY --from=build /opt/streamdesk /opt/streamdesk
ENV PATH=/opt/streamdesk/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STREAMDESK_BIND=0.0.0.0 \
    STREAMDESK_HOME=/var/lib/streamdesk \
    FILES_URL=file:///srv/streamdesk/files \
    LAKE_PATH=/srv/streamdesk/lake \
    STREAMDESK_PROCESS=inbox_service
USER 10001:10001
WORKDIR /var/lib/streamdesk
# the inbox, mail, the report pages, Dagster
EXPOSE 3000 2525 8501 3070
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 CMD ["desk", "health"]
ENTRYPOINT ["desk"]
CMD ["worker"]

# The builder has pip and the compiler's leavings; only its virtual environment goes on.
FROM python:3.11-slim AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_COMPILE=1 \
    PIP_ROOT_USER_ACTION=ignore

RUN python -m venv /opt/venv
WORKDIR /src

# The dependencies change seldom: a layer of their own, so that a change of ours does not fetch them again.
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --require-hashes -r requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY storage storage
COPY notify notify
COPY feeds feeds
COPY collector collector
# The lock brings the setuptools that builds us; nothing imports it, or pip, at run time. The bytecode does not look at the
# source's time of change, so that it holds however the layers are copied, and the service never needs to write any.
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation . \
    && /opt/venv/bin/pip uninstall --yes setuptools pip \
    && find /opt/venv -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -rf {} + \
    && /opt/venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib


FROM python:3.11-slim

# Reads DOC files.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends catdoc \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*

# The number is part of the contract: a volume or a bind mount made for one version fits the next.
RUN groupadd --gid 10001 vestnik \
    && useradd --no-log-init --uid 10001 --gid vestnik --home-dir /data --no-create-home --shell /usr/sbin/nologin vestnik \
    && install --directory --owner=vestnik --group=vestnik --mode=0750 /data \
    && install --directory /config

COPY --from=builder /opt/venv /opt/venv

ENV PATH=/opt/venv/bin:$PATH \
    HOME=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VESTNIK_SERVICE__DATA_DIR=/data

# Settings are read from vestnik.toml in the working folder, where there is one; mount it there, read-only.
WORKDIR /config
USER 10001:10001
# Database, archive and backups are in /data, to be mounted by name; nothing else is written, so the root may be read-only. A VOLUME here
# would give an unnamed one to whoever forgets, and lose it with the container.
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["vestnik", "healthcheck"]
ENTRYPOINT ["vestnik"]
CMD ["run"]

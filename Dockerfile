# The package is built first and installed from its wheel; the second stage has no compiler and no source.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE config.example.toml ./
COPY mailwins mailwins
COPY templates templates
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[postgres]"

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin mailwins && install -d -o mailwins -m 0700 /data
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --find-links /wheels "mailwins[postgres]"
USER mailwins
WORKDIR /data
VOLUME /data
ENV MAILWINS_CONFIG=/data/config.toml PYTHONUNBUFFERED=1
# What was in hand is finished within ten seconds of SIGTERM, or a minute while a server owes the answer to a mail (docker stop --time 90).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5m --timeout=30s --start-period=2m CMD ["mailwins", "status"]
ENTRYPOINT ["mailwins"]
CMD ["run"]

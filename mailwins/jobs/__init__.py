"""The verbs, a screen each: collect, read, publish, deliver, draft. Each can be called by hand and does no harm when run twice."""

"""Door, name and number of spans in; one Export of Python's OTLP exporter, and a line of JSON that says how it ended."""

import json
import sys

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

door, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
memory = InMemorySpanExporter()
provider = TracerProvider(resource=Resource.create({"service.name": name}))
provider.add_span_processor(SimpleSpanProcessor(memory))
tracer = provider.get_tracer("languages-test")
for n in range(count):
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.usage.input_tokens": 10 + n,
        "gen_ai.usage.output_tokens": 5,
    }
    tracer.start_span("chat gpt-4o", attributes=attributes).end()

exporter = OTLPSpanExporter(endpoint=f"http://{door}", insecure=True, timeout=20)
result = exporter.export(memory.get_finished_spans())
print(json.dumps({"ok": result is SpanExportResult.SUCCESS}))

"""Door, provider and name in; three calls of a model as an app makes them, told of by OpenInference over gRPC."""

import json
import sys

from openai import OpenAI
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

door, provider_url, name = sys.argv[1:4]
provider = TracerProvider(resource=Resource.create({"service.name": name}))
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"http://{door}", insecure=True)))
OpenAIInstrumentor().instrument(tracer_provider=provider)

client = OpenAI(api_key="sk-of-nobody", base_url=provider_url)
asked = {"model": "gpt-4o", "messages": [{"role": "user", "content": "How large is Berlin?"}]}
client.chat.completions.create(**asked)
for _ in client.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True}):
    pass
parameters = {"type": "object", "properties": {"city": {"type": "string"}}}
client.chat.completions.create(
    **asked, tools=[{"type": "function", "function": {"name": "weather", "parameters": parameters}}]
)
provider.shutdown()
print(json.dumps({"ok": True}))

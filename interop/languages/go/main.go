// Door, name and number of spans in; one Export of Go's OTLP exporter, and a line of JSON that says how it ended.
package main

import (
	"context"
	"encoding/json"
	"os"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func main() {
	door, name := os.Args[1], os.Args[2]
	count, err := strconv.Atoi(os.Args[3])
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	memory := tracetest.NewInMemoryExporter()
	from := resource.NewSchemaless(attribute.String("service.name", name))
	provider := trace.NewTracerProvider(trace.WithSyncer(memory), trace.WithResource(from))
	tracer := provider.Tracer("languages-test")
	for n := range count {
		_, span := tracer.Start(ctx, "chat gpt-4o")
		span.SetAttributes(
			attribute.String("gen_ai.operation.name", "chat"),
			attribute.String("gen_ai.provider.name", "openai"),
			attribute.String("gen_ai.request.model", "gpt-4o"),
			attribute.Int("gen_ai.usage.input_tokens", 10+n),
			attribute.Int("gen_ai.usage.output_tokens", 5),
		)
		span.End()
	}
	// Its own waits are short, so that a longer one is what it was told.
	exporter, err := otlptracegrpc.New(ctx,
		otlptracegrpc.WithEndpoint(door),
		otlptracegrpc.WithInsecure(),
		otlptracegrpc.WithTimeout(20*time.Second),
		otlptracegrpc.WithRetry(otlptracegrpc.RetryConfig{
			Enabled:         true,
			InitialInterval: 50 * time.Millisecond,
			MaxInterval:     100 * time.Millisecond,
			MaxElapsedTime:  20 * time.Second,
		}))
	if err != nil {
		panic(err)
	}
	err = exporter.ExportSpans(ctx, memory.GetSpans().Snapshots())
	result := map[string]any{"ok": err == nil}
	if err != nil {
		result["error"] = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		panic(err)
	}
}

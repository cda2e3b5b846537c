// Door, name, number of spans and protocol in; one request of the OpenTelemetry Collector's exporter, and a line of JSON that says how it ended.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"os"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/exporter/otlpexporter"
	"go.opentelemetry.io/collector/exporter/otlphttpexporter"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

func main() {
	door, name, protocol := os.Args[1], os.Args[2], os.Args[4]
	count, err := strconv.Atoi(os.Args[3])
	check(err)
	factory, config := overGrpc(door)
	if protocol == "http" {
		factory, config = overHttp(door)
	}
	ctx := context.Background()
	sender, err := factory.CreateTraces(ctx, exportertest.NewNopSettings(factory.Type()), config)
	check(err)
	check(sender.Start(ctx, componenttest.NewNopHost()))
	err = sender.ConsumeTraces(ctx, makeSpans(name, count))
	check(sender.Shutdown(ctx))
	result := map[string]any{"ok": err == nil}
	if err != nil {
		result["error"] = err.Error()
	}
	check(json.NewEncoder(os.Stdout).Encode(result))
}

// No queue, so that ConsumeTraces ends when the last retry has.
var noQueue = configoptional.None[exporterhelper.QueueBatchConfig]()

// Its own waits are short, so that a longer one is what it was told.
func retries() configretry.BackOffConfig {
	config := configretry.NewDefaultBackOffConfig()
	config.InitialInterval = 50 * time.Millisecond
	config.MaxInterval = 100 * time.Millisecond
	config.MaxElapsedTime = 20 * time.Second
	return config
}

func overGrpc(door string) (exporter.Factory, component.Config) {
	factory := otlpexporter.NewFactory()
	config := factory.CreateDefaultConfig().(*otlpexporter.Config)
	config.ClientConfig.Endpoint = door
	config.ClientConfig.TLS.Insecure = true
	config.QueueConfig = noQueue
	config.RetryConfig = retries()
	return factory, config
}

func overHttp(door string) (exporter.Factory, component.Config) {
	factory := otlphttpexporter.NewFactory()
	config := factory.CreateDefaultConfig().(*otlphttpexporter.Config)
	config.ClientConfig.Endpoint = "http://" + door
	config.QueueConfig = noQueue
	config.RetryConfig = retries()
	return factory, config
}

func makeSpans(name string, count int) ptrace.Traces {
	traces := ptrace.NewTraces()
	resource := traces.ResourceSpans().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", name)
	spans := resource.ScopeSpans().AppendEmpty().Spans()
	now := time.Now()
	for n := range count {
		span := spans.AppendEmpty()
		var id [8]byte
		binary.BigEndian.PutUint64(id[:], uint64(n+1))
		var trace [16]byte
		binary.BigEndian.PutUint64(trace[:], uint64(now.UnixNano()))
		span.SetTraceID(trace)
		span.SetSpanID(id)
		span.SetName("chat gpt-4o")
		span.SetStartTimestamp(pcommon.NewTimestampFromTime(now))
		span.SetEndTimestamp(pcommon.NewTimestampFromTime(now.Add(time.Millisecond)))
		span.Attributes().PutStr("gen_ai.operation.name", "chat")
		span.Attributes().PutStr("gen_ai.provider.name", "openai")
		span.Attributes().PutStr("gen_ai.request.model", "gpt-4o")
		span.Attributes().PutInt("gen_ai.usage.input_tokens", int64(10+n))
		span.Attributes().PutInt("gen_ai.usage.output_tokens", 5)
	}
	return traces
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

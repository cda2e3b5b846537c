// Door, name, number of spans and client in; one Export, and a line of JSON that says how it ended.
// `otlp` is Java's OTLP exporter, which has its own waits and reads no RetryInfo; `grpc` is grpc-java, which reads it as google.rpc.Status.
import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

public final class Send {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_ATTEMPTS = 5;

  public static void main(String[] arguments) throws Exception {
    List<SpanData> spans = makeSpans(arguments[1], Integer.parseInt(arguments[2]));
    boolean ok = arguments[3].equals("grpc") ? byGrpc(arguments[0], spans) : byExporter(arguments[0], spans);
    System.out.println("{\"ok\":" + ok + "}");
    System.exit(0);
  }

  private static List<SpanData> makeSpans(String name, int count) {
    Resource resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), name));
    Kept kept = new Kept();
    try (SdkTracerProvider provider = SdkTracerProvider.builder()
        .setResource(resource).addSpanProcessor(SimpleSpanProcessor.create(kept)).build()) {
      Tracer tracer = provider.get("languages-test");
      for (int n = 0; n < count; n++) {
        tracer.spanBuilder("chat gpt-4o")
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.provider.name", "openai")
            .setAttribute("gen_ai.request.model", "gpt-4o")
            .setAttribute("gen_ai.usage.input_tokens", 10L + n)
            .setAttribute("gen_ai.usage.output_tokens", 5L)
            .startSpan()
            .end();
      }
    }
    return kept.spans;
  }

  private static boolean byExporter(String door, List<SpanData> spans) {
    RetryPolicy policy = RetryPolicy.builder()
        .setMaxAttempts(MAX_ATTEMPTS)
        .setInitialBackoff(Duration.ofSeconds(1))
        .setMaxBackoff(Duration.ofSeconds(2))
        .build();
    try (OtlpGrpcSpanExporter exporter = OtlpGrpcSpanExporter.builder()
        .setEndpoint("http://" + door).setTimeout(TIMEOUT).setRetryPolicy(policy).build()) {
      CompletableResultCode result = exporter.export(spans);
      return result.join(TIMEOUT.toSeconds(), TimeUnit.SECONDS).isSuccess();
    }
  }

  private static boolean byGrpc(String door, List<SpanData> spans) throws IOException, InterruptedException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    TraceRequestMarshaler.create(spans).writeBinaryTo(request);
    MethodDescriptor<byte[], byte[]> export = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
        .build();
    ManagedChannel channel = NettyChannelBuilder.forTarget(door).usePlaintext().build();
    try {
      for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        try {
          ClientCalls.blockingUnaryCall(channel, export, CallOptions.DEFAULT, request.toByteArray());
          return true;
        } catch (StatusRuntimeException refusal) {
          Thread.sleep(retryDelayMs(refusal));
        }
      }
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private static long retryDelayMs(StatusRuntimeException refusal) throws IOException {
    for (Any detail : StatusProto.fromThrowable(refusal).getDetailsList()) {
      if (!detail.is(RetryInfo.class)) continue;
      RetryInfo info = detail.unpack(RetryInfo.class);
      return info.getRetryDelay().getSeconds() * 1000 + info.getRetryDelay().getNanos() / 1_000_000;
    }
    throw refusal;
  }

  private static final class Kept implements SpanExporter {
    final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  }
}

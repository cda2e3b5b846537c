"""Door in; what grpcio-status decodes of a refusal out, as a line of JSON: the code's name and the delay of RetryInfo in ms."""

import json
import sys

import grpc
from google.rpc.error_details_pb2 import RetryInfo
from grpc_status import rpc_status

same = lambda message: message
with grpc.insecure_channel(sys.argv[1]) as channel:
    export = channel.unary_unary(
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export", request_serializer=same, response_deserializer=same
    )
    try:
        export(b"", timeout=10)
        print(json.dumps({"code": "OK"}))
    except grpc.RpcError as error:
        delays = []
        for detail in rpc_status.from_call(error).details:
            info = RetryInfo()
            if detail.Unpack(info):
                delays.append(round(info.retry_delay.ToTimedelta().total_seconds() * 1000))
        print(json.dumps({"code": error.code().name, "retryDelaysMs": delays}))

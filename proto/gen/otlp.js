/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $Array = $util.global.Array, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $String = $util.global.String, $BigInt = $util.global.BigInt, $Boolean = $util.global.Boolean, $isFinite = $util.global.isFinite;

const $root = $protobuf.roots["insights-otlp"] || ($protobuf.roots["insights-otlp"] = {});

export const opentelemetry = $root.opentelemetry = (() => {

    const opentelemetry = {};

    opentelemetry.proto = (function() {

        const proto = {};

        proto.collector = (function() {

            const collector = {};

            collector.trace = (function() {

                const trace = {};

                trace.v1 = (function() {

                    const v1 = {};

                    v1.ExportTraceServiceRequest = (function() {

                        const ExportTraceServiceRequest = function (p) {
                            this.resourceSpans = [];
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportTraceServiceRequest.prototype.resourceSpans = $util.emptyArray;

                        ExportTraceServiceRequest.create = function(properties) {
                            return new ExportTraceServiceRequest(properties);
                        };

                        ExportTraceServiceRequest.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.resourceSpans != null && m.resourceSpans.length) {
                                for (var i = 0; i < m.resourceSpans.length; ++i)
                                    $root.opentelemetry.proto.trace.v1.ResourceSpans.encode(m.resourceSpans[i], w.uint32(10).fork(), q + 1).ldelim();
                            }
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportTraceServiceRequest.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        if (!(m.resourceSpans && m.resourceSpans.length))
                                            m.resourceSpans = [];
                                        m.resourceSpans.push($root.opentelemetry.proto.trace.v1.ResourceSpans.decode(r, r.size(), $undefined, q + 1));
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportTraceServiceRequest.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest();
                            if (d.resourceSpans) {
                                if (!$Array.isArray(d.resourceSpans))
                                    throw $TypeError(".opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest.resourceSpans: array expected");
                                m.resourceSpans = $Array(d.resourceSpans.length);
                                for (var i = 0; i < d.resourceSpans.length; ++i) {
                                    if (!$util.isObject(d.resourceSpans[i]))
                                        throw $TypeError(".opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest.resourceSpans: object expected");
                                    m.resourceSpans[i] = $root.opentelemetry.proto.trace.v1.ResourceSpans.fromObject(d.resourceSpans[i], q + 1);
                                }
                            }
                            return m;
                        };

                        ExportTraceServiceRequest.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.arrays || o.defaults) {
                                d.resourceSpans = [];
                            }
                            if (m.resourceSpans && m.resourceSpans.length) {
                                d.resourceSpans = $Array(m.resourceSpans.length);
                                for (var j = 0; j < m.resourceSpans.length; ++j) {
                                    d.resourceSpans[j] = $root.opentelemetry.proto.trace.v1.ResourceSpans.toObject(m.resourceSpans[j], o, q + 1);
                                }
                            }
                            return d;
                        };

                        ExportTraceServiceRequest.prototype.toJSON = function() {
                            return ExportTraceServiceRequest.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportTraceServiceRequest;
                    })();

                    v1.ExportTraceServiceResponse = (function() {

                        const ExportTraceServiceResponse = function (p) {
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportTraceServiceResponse.prototype.partialSuccess = null;

                        ExportTraceServiceResponse.create = function(properties) {
                            return new ExportTraceServiceResponse(properties);
                        };

                        ExportTraceServiceResponse.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.partialSuccess != null && $Object.hasOwnProperty.call(m, "partialSuccess"))
                                $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess.encode(m.partialSuccess, w.uint32(10).fork(), q + 1).ldelim();
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportTraceServiceResponse.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        m.partialSuccess = $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess.decode(r, r.size(), $undefined, q + 1, m.partialSuccess);
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportTraceServiceResponse.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse();
                            if (d.partialSuccess != null) {
                                if (!$util.isObject(d.partialSuccess))
                                    throw $TypeError(".opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse.partialSuccess: object expected");
                                m.partialSuccess = $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess.fromObject(d.partialSuccess, q + 1);
                            }
                            return m;
                        };

                        ExportTraceServiceResponse.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.defaults) {
                                d.partialSuccess = null;
                            }
                            if (m.partialSuccess != null && $Object.hasOwnProperty.call(m, "partialSuccess")) {
                                d.partialSuccess = $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess.toObject(m.partialSuccess, o, q + 1);
                            }
                            return d;
                        };

                        ExportTraceServiceResponse.prototype.toJSON = function() {
                            return ExportTraceServiceResponse.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportTraceServiceResponse;
                    })();

                    v1.ExportTracePartialSuccess = (function() {

                        const ExportTracePartialSuccess = function (p) {
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportTracePartialSuccess.prototype.rejectedSpans = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                        ExportTracePartialSuccess.prototype.errorMessage = "";

                        ExportTracePartialSuccess.create = function(properties) {
                            return new ExportTracePartialSuccess(properties);
                        };

                        ExportTracePartialSuccess.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.rejectedSpans != null && $Object.hasOwnProperty.call(m, "rejectedSpans") && (typeof m.rejectedSpans === "object" ? m.rejectedSpans.low || m.rejectedSpans.high : m.rejectedSpans !== 0))
                                w.uint32(8).int64(m.rejectedSpans);
                            if (m.errorMessage != null && $Object.hasOwnProperty.call(m, "errorMessage") && m.errorMessage !== "")
                                w.uint32(18).string(m.errorMessage);
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportTracePartialSuccess.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 0)
                                            break;
                                        if (typeof (v = r.int64()) === "object" ? v.low || v.high : v !== 0)
                                            m.rejectedSpans = v;
                                        else
                                            delete m.rejectedSpans;
                                        continue;
                                    }
                                case 2: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.stringVerify()).length)
                                            m.errorMessage = v;
                                        else
                                            delete m.errorMessage;
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportTracePartialSuccess.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess();
                            if (d.rejectedSpans != null) {
                                if (typeof d.rejectedSpans === "object" ? d.rejectedSpans.low || d.rejectedSpans.high : $Number(d.rejectedSpans) !== 0) {
                                    if ($util.Long)
                                        m.rejectedSpans = $util.Long.fromValue(d.rejectedSpans, false);
                                    else if (typeof d.rejectedSpans === "string")
                                        m.rejectedSpans = $parseInt(d.rejectedSpans, 10);
                                    else if (typeof d.rejectedSpans === "number")
                                        m.rejectedSpans = d.rejectedSpans;
                                    else if (typeof d.rejectedSpans === "object")
                                        m.rejectedSpans = new $util.LongBits(d.rejectedSpans.low >>> 0, d.rejectedSpans.high >>> 0).toNumber();
                                }
                            }
                            if (d.errorMessage != null) {
                                if (typeof d.errorMessage !== "string" || d.errorMessage.length) {
                                    m.errorMessage = $String(d.errorMessage);
                                }
                            }
                            return m;
                        };

                        ExportTracePartialSuccess.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.defaults) {
                                if ($util.Long) {
                                    var n = new $util.Long(0, 0, false);
                                    d.rejectedSpans = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                                } else
                                    d.rejectedSpans = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                                d.errorMessage = "";
                            }
                            if (m.rejectedSpans != null && $Object.hasOwnProperty.call(m, "rejectedSpans")) {
                                if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                    d.rejectedSpans = typeof m.rejectedSpans === "number" ? $BigInt(m.rejectedSpans) : $util.Long.fromBits(m.rejectedSpans.low >>> 0, m.rejectedSpans.high >>> 0, false).toBigInt();
                                else if (typeof m.rejectedSpans === "number")
                                    d.rejectedSpans = o.longs === $String ? $String(m.rejectedSpans) : m.rejectedSpans;
                                else
                                    d.rejectedSpans = o.longs === $String ? $util.Long.prototype.toString.call(m.rejectedSpans) : o.longs === $Number ? new $util.LongBits(m.rejectedSpans.low >>> 0, m.rejectedSpans.high >>> 0).toNumber() : m.rejectedSpans;
                            }
                            if (m.errorMessage != null && $Object.hasOwnProperty.call(m, "errorMessage")) {
                                d.errorMessage = m.errorMessage;
                            }
                            return d;
                        };

                        ExportTracePartialSuccess.prototype.toJSON = function() {
                            return ExportTracePartialSuccess.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportTracePartialSuccess;
                    })();

                    return v1;
                })();

                return trace;
            })();

            collector.logs = (function() {

                const logs = {};

                logs.v1 = (function() {

                    const v1 = {};

                    v1.ExportLogsServiceRequest = (function() {

                        const ExportLogsServiceRequest = function (p) {
                            this.resourceLogs = [];
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportLogsServiceRequest.prototype.resourceLogs = $util.emptyArray;

                        ExportLogsServiceRequest.create = function(properties) {
                            return new ExportLogsServiceRequest(properties);
                        };

                        ExportLogsServiceRequest.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.resourceLogs != null && m.resourceLogs.length) {
                                for (var i = 0; i < m.resourceLogs.length; ++i)
                                    $root.opentelemetry.proto.logs.v1.ResourceLogs.encode(m.resourceLogs[i], w.uint32(10).fork(), q + 1).ldelim();
                            }
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportLogsServiceRequest.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        if (!(m.resourceLogs && m.resourceLogs.length))
                                            m.resourceLogs = [];
                                        m.resourceLogs.push($root.opentelemetry.proto.logs.v1.ResourceLogs.decode(r, r.size(), $undefined, q + 1));
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportLogsServiceRequest.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest();
                            if (d.resourceLogs) {
                                if (!$Array.isArray(d.resourceLogs))
                                    throw $TypeError(".opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest.resourceLogs: array expected");
                                m.resourceLogs = $Array(d.resourceLogs.length);
                                for (var i = 0; i < d.resourceLogs.length; ++i) {
                                    if (!$util.isObject(d.resourceLogs[i]))
                                        throw $TypeError(".opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest.resourceLogs: object expected");
                                    m.resourceLogs[i] = $root.opentelemetry.proto.logs.v1.ResourceLogs.fromObject(d.resourceLogs[i], q + 1);
                                }
                            }
                            return m;
                        };

                        ExportLogsServiceRequest.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.arrays || o.defaults) {
                                d.resourceLogs = [];
                            }
                            if (m.resourceLogs && m.resourceLogs.length) {
                                d.resourceLogs = $Array(m.resourceLogs.length);
                                for (var j = 0; j < m.resourceLogs.length; ++j) {
                                    d.resourceLogs[j] = $root.opentelemetry.proto.logs.v1.ResourceLogs.toObject(m.resourceLogs[j], o, q + 1);
                                }
                            }
                            return d;
                        };

                        ExportLogsServiceRequest.prototype.toJSON = function() {
                            return ExportLogsServiceRequest.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportLogsServiceRequest;
                    })();

                    v1.ExportLogsServiceResponse = (function() {

                        const ExportLogsServiceResponse = function (p) {
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportLogsServiceResponse.prototype.partialSuccess = null;

                        ExportLogsServiceResponse.create = function(properties) {
                            return new ExportLogsServiceResponse(properties);
                        };

                        ExportLogsServiceResponse.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.partialSuccess != null && $Object.hasOwnProperty.call(m, "partialSuccess"))
                                $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess.encode(m.partialSuccess, w.uint32(10).fork(), q + 1).ldelim();
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportLogsServiceResponse.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        m.partialSuccess = $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess.decode(r, r.size(), $undefined, q + 1, m.partialSuccess);
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportLogsServiceResponse.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse();
                            if (d.partialSuccess != null) {
                                if (!$util.isObject(d.partialSuccess))
                                    throw $TypeError(".opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse.partialSuccess: object expected");
                                m.partialSuccess = $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess.fromObject(d.partialSuccess, q + 1);
                            }
                            return m;
                        };

                        ExportLogsServiceResponse.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.defaults) {
                                d.partialSuccess = null;
                            }
                            if (m.partialSuccess != null && $Object.hasOwnProperty.call(m, "partialSuccess")) {
                                d.partialSuccess = $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess.toObject(m.partialSuccess, o, q + 1);
                            }
                            return d;
                        };

                        ExportLogsServiceResponse.prototype.toJSON = function() {
                            return ExportLogsServiceResponse.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportLogsServiceResponse;
                    })();

                    v1.ExportLogsPartialSuccess = (function() {

                        const ExportLogsPartialSuccess = function (p) {
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportLogsPartialSuccess.prototype.rejectedLogRecords = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                        ExportLogsPartialSuccess.prototype.errorMessage = "";

                        ExportLogsPartialSuccess.create = function(properties) {
                            return new ExportLogsPartialSuccess(properties);
                        };

                        ExportLogsPartialSuccess.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.rejectedLogRecords != null && $Object.hasOwnProperty.call(m, "rejectedLogRecords") && (typeof m.rejectedLogRecords === "object" ? m.rejectedLogRecords.low || m.rejectedLogRecords.high : m.rejectedLogRecords !== 0))
                                w.uint32(8).int64(m.rejectedLogRecords);
                            if (m.errorMessage != null && $Object.hasOwnProperty.call(m, "errorMessage") && m.errorMessage !== "")
                                w.uint32(18).string(m.errorMessage);
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportLogsPartialSuccess.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 0)
                                            break;
                                        if (typeof (v = r.int64()) === "object" ? v.low || v.high : v !== 0)
                                            m.rejectedLogRecords = v;
                                        else
                                            delete m.rejectedLogRecords;
                                        continue;
                                    }
                                case 2: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.stringVerify()).length)
                                            m.errorMessage = v;
                                        else
                                            delete m.errorMessage;
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportLogsPartialSuccess.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess();
                            if (d.rejectedLogRecords != null) {
                                if (typeof d.rejectedLogRecords === "object" ? d.rejectedLogRecords.low || d.rejectedLogRecords.high : $Number(d.rejectedLogRecords) !== 0) {
                                    if ($util.Long)
                                        m.rejectedLogRecords = $util.Long.fromValue(d.rejectedLogRecords, false);
                                    else if (typeof d.rejectedLogRecords === "string")
                                        m.rejectedLogRecords = $parseInt(d.rejectedLogRecords, 10);
                                    else if (typeof d.rejectedLogRecords === "number")
                                        m.rejectedLogRecords = d.rejectedLogRecords;
                                    else if (typeof d.rejectedLogRecords === "object")
                                        m.rejectedLogRecords = new $util.LongBits(d.rejectedLogRecords.low >>> 0, d.rejectedLogRecords.high >>> 0).toNumber();
                                }
                            }
                            if (d.errorMessage != null) {
                                if (typeof d.errorMessage !== "string" || d.errorMessage.length) {
                                    m.errorMessage = $String(d.errorMessage);
                                }
                            }
                            return m;
                        };

                        ExportLogsPartialSuccess.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.defaults) {
                                if ($util.Long) {
                                    var n = new $util.Long(0, 0, false);
                                    d.rejectedLogRecords = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                                } else
                                    d.rejectedLogRecords = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                                d.errorMessage = "";
                            }
                            if (m.rejectedLogRecords != null && $Object.hasOwnProperty.call(m, "rejectedLogRecords")) {
                                if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                    d.rejectedLogRecords = typeof m.rejectedLogRecords === "number" ? $BigInt(m.rejectedLogRecords) : $util.Long.fromBits(m.rejectedLogRecords.low >>> 0, m.rejectedLogRecords.high >>> 0, false).toBigInt();
                                else if (typeof m.rejectedLogRecords === "number")
                                    d.rejectedLogRecords = o.longs === $String ? $String(m.rejectedLogRecords) : m.rejectedLogRecords;
                                else
                                    d.rejectedLogRecords = o.longs === $String ? $util.Long.prototype.toString.call(m.rejectedLogRecords) : o.longs === $Number ? new $util.LongBits(m.rejectedLogRecords.low >>> 0, m.rejectedLogRecords.high >>> 0).toNumber() : m.rejectedLogRecords;
                            }
                            if (m.errorMessage != null && $Object.hasOwnProperty.call(m, "errorMessage")) {
                                d.errorMessage = m.errorMessage;
                            }
                            return d;
                        };

                        ExportLogsPartialSuccess.prototype.toJSON = function() {
                            return ExportLogsPartialSuccess.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportLogsPartialSuccess;
                    })();

                    return v1;
                })();

                return logs;
            })();

            collector.metrics = (function() {

                const metrics = {};

                metrics.v1 = (function() {

                    const v1 = {};

                    v1.ExportMetricsServiceRequest = (function() {

                        const ExportMetricsServiceRequest = function (p) {
                            this.resourceMetrics = [];
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportMetricsServiceRequest.prototype.resourceMetrics = $util.emptyArray;

                        ExportMetricsServiceRequest.create = function(properties) {
                            return new ExportMetricsServiceRequest(properties);
                        };

                        ExportMetricsServiceRequest.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.resourceMetrics != null && m.resourceMetrics.length) {
                                for (var i = 0; i < m.resourceMetrics.length; ++i)
                                    $root.opentelemetry.proto.metrics.v1.ResourceMetrics.encode(m.resourceMetrics[i], w.uint32(10).fork(), q + 1).ldelim();
                            }
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportMetricsServiceRequest.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        if (!(m.resourceMetrics && m.resourceMetrics.length))
                                            m.resourceMetrics = [];
                                        m.resourceMetrics.push($root.opentelemetry.proto.metrics.v1.ResourceMetrics.decode(r, r.size(), $undefined, q + 1));
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportMetricsServiceRequest.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest();
                            if (d.resourceMetrics) {
                                if (!$Array.isArray(d.resourceMetrics))
                                    throw $TypeError(".opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest.resourceMetrics: array expected");
                                m.resourceMetrics = $Array(d.resourceMetrics.length);
                                for (var i = 0; i < d.resourceMetrics.length; ++i) {
                                    if (!$util.isObject(d.resourceMetrics[i]))
                                        throw $TypeError(".opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest.resourceMetrics: object expected");
                                    m.resourceMetrics[i] = $root.opentelemetry.proto.metrics.v1.ResourceMetrics.fromObject(d.resourceMetrics[i], q + 1);
                                }
                            }
                            return m;
                        };

                        ExportMetricsServiceRequest.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.arrays || o.defaults) {
                                d.resourceMetrics = [];
                            }
                            if (m.resourceMetrics && m.resourceMetrics.length) {
                                d.resourceMetrics = $Array(m.resourceMetrics.length);
                                for (var j = 0; j < m.resourceMetrics.length; ++j) {
                                    d.resourceMetrics[j] = $root.opentelemetry.proto.metrics.v1.ResourceMetrics.toObject(m.resourceMetrics[j], o, q + 1);
                                }
                            }
                            return d;
                        };

                        ExportMetricsServiceRequest.prototype.toJSON = function() {
                            return ExportMetricsServiceRequest.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportMetricsServiceRequest;
                    })();

                    v1.ExportMetricsServiceResponse = (function() {

                        const ExportMetricsServiceResponse = function (p) {
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportMetricsServiceResponse.prototype.partialSuccess = null;

                        ExportMetricsServiceResponse.create = function(properties) {
                            return new ExportMetricsServiceResponse(properties);
                        };

                        ExportMetricsServiceResponse.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.partialSuccess != null && $Object.hasOwnProperty.call(m, "partialSuccess"))
                                $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess.encode(m.partialSuccess, w.uint32(10).fork(), q + 1).ldelim();
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportMetricsServiceResponse.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        m.partialSuccess = $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess.decode(r, r.size(), $undefined, q + 1, m.partialSuccess);
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportMetricsServiceResponse.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse();
                            if (d.partialSuccess != null) {
                                if (!$util.isObject(d.partialSuccess))
                                    throw $TypeError(".opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse.partialSuccess: object expected");
                                m.partialSuccess = $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess.fromObject(d.partialSuccess, q + 1);
                            }
                            return m;
                        };

                        ExportMetricsServiceResponse.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.defaults) {
                                d.partialSuccess = null;
                            }
                            if (m.partialSuccess != null && $Object.hasOwnProperty.call(m, "partialSuccess")) {
                                d.partialSuccess = $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess.toObject(m.partialSuccess, o, q + 1);
                            }
                            return d;
                        };

                        ExportMetricsServiceResponse.prototype.toJSON = function() {
                            return ExportMetricsServiceResponse.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportMetricsServiceResponse;
                    })();

                    v1.ExportMetricsPartialSuccess = (function() {

                        const ExportMetricsPartialSuccess = function (p) {
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        ExportMetricsPartialSuccess.prototype.rejectedDataPoints = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                        ExportMetricsPartialSuccess.prototype.errorMessage = "";

                        ExportMetricsPartialSuccess.create = function(properties) {
                            return new ExportMetricsPartialSuccess(properties);
                        };

                        ExportMetricsPartialSuccess.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.rejectedDataPoints != null && $Object.hasOwnProperty.call(m, "rejectedDataPoints") && (typeof m.rejectedDataPoints === "object" ? m.rejectedDataPoints.low || m.rejectedDataPoints.high : m.rejectedDataPoints !== 0))
                                w.uint32(8).int64(m.rejectedDataPoints);
                            if (m.errorMessage != null && $Object.hasOwnProperty.call(m, "errorMessage") && m.errorMessage !== "")
                                w.uint32(18).string(m.errorMessage);
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        ExportMetricsPartialSuccess.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 0)
                                            break;
                                        if (typeof (v = r.int64()) === "object" ? v.low || v.high : v !== 0)
                                            m.rejectedDataPoints = v;
                                        else
                                            delete m.rejectedDataPoints;
                                        continue;
                                    }
                                case 2: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.stringVerify()).length)
                                            m.errorMessage = v;
                                        else
                                            delete m.errorMessage;
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        ExportMetricsPartialSuccess.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess();
                            if (d.rejectedDataPoints != null) {
                                if (typeof d.rejectedDataPoints === "object" ? d.rejectedDataPoints.low || d.rejectedDataPoints.high : $Number(d.rejectedDataPoints) !== 0) {
                                    if ($util.Long)
                                        m.rejectedDataPoints = $util.Long.fromValue(d.rejectedDataPoints, false);
                                    else if (typeof d.rejectedDataPoints === "string")
                                        m.rejectedDataPoints = $parseInt(d.rejectedDataPoints, 10);
                                    else if (typeof d.rejectedDataPoints === "number")
                                        m.rejectedDataPoints = d.rejectedDataPoints;
                                    else if (typeof d.rejectedDataPoints === "object")
                                        m.rejectedDataPoints = new $util.LongBits(d.rejectedDataPoints.low >>> 0, d.rejectedDataPoints.high >>> 0).toNumber();
                                }
                            }
                            if (d.errorMessage != null) {
                                if (typeof d.errorMessage !== "string" || d.errorMessage.length) {
                                    m.errorMessage = $String(d.errorMessage);
                                }
                            }
                            return m;
                        };

                        ExportMetricsPartialSuccess.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.defaults) {
                                if ($util.Long) {
                                    var n = new $util.Long(0, 0, false);
                                    d.rejectedDataPoints = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                                } else
                                    d.rejectedDataPoints = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                                d.errorMessage = "";
                            }
                            if (m.rejectedDataPoints != null && $Object.hasOwnProperty.call(m, "rejectedDataPoints")) {
                                if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                    d.rejectedDataPoints = typeof m.rejectedDataPoints === "number" ? $BigInt(m.rejectedDataPoints) : $util.Long.fromBits(m.rejectedDataPoints.low >>> 0, m.rejectedDataPoints.high >>> 0, false).toBigInt();
                                else if (typeof m.rejectedDataPoints === "number")
                                    d.rejectedDataPoints = o.longs === $String ? $String(m.rejectedDataPoints) : m.rejectedDataPoints;
                                else
                                    d.rejectedDataPoints = o.longs === $String ? $util.Long.prototype.toString.call(m.rejectedDataPoints) : o.longs === $Number ? new $util.LongBits(m.rejectedDataPoints.low >>> 0, m.rejectedDataPoints.high >>> 0).toNumber() : m.rejectedDataPoints;
                            }
                            if (m.errorMessage != null && $Object.hasOwnProperty.call(m, "errorMessage")) {
                                d.errorMessage = m.errorMessage;
                            }
                            return d;
                        };

                        ExportMetricsPartialSuccess.prototype.toJSON = function() {
                            return ExportMetricsPartialSuccess.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return ExportMetricsPartialSuccess;
                    })();

                    return v1;
                })();

                return metrics;
            })();

            return collector;
        })();

        proto.trace = (function() {

            const trace = {};

            trace.v1 = (function() {

                const v1 = {};

                v1.TracesData = (function() {

                    const TracesData = function (p) {
                        this.resourceSpans = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    TracesData.prototype.resourceSpans = $util.emptyArray;

                    TracesData.create = function(properties) {
                        return new TracesData(properties);
                    };

                    TracesData.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.resourceSpans != null && m.resourceSpans.length) {
                            for (var i = 0; i < m.resourceSpans.length; ++i)
                                $root.opentelemetry.proto.trace.v1.ResourceSpans.encode(m.resourceSpans[i], w.uint32(10).fork(), q + 1).ldelim();
                        }
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    TracesData.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.trace.v1.TracesData();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.resourceSpans && m.resourceSpans.length))
                                        m.resourceSpans = [];
                                    m.resourceSpans.push($root.opentelemetry.proto.trace.v1.ResourceSpans.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    TracesData.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.trace.v1.TracesData)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.trace.v1.TracesData: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.trace.v1.TracesData();
                        if (d.resourceSpans) {
                            if (!$Array.isArray(d.resourceSpans))
                                throw $TypeError(".opentelemetry.proto.trace.v1.TracesData.resourceSpans: array expected");
                            m.resourceSpans = $Array(d.resourceSpans.length);
                            for (var i = 0; i < d.resourceSpans.length; ++i) {
                                if (!$util.isObject(d.resourceSpans[i]))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.TracesData.resourceSpans: object expected");
                                m.resourceSpans[i] = $root.opentelemetry.proto.trace.v1.ResourceSpans.fromObject(d.resourceSpans[i], q + 1);
                            }
                        }
                        return m;
                    };

                    TracesData.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.resourceSpans = [];
                        }
                        if (m.resourceSpans && m.resourceSpans.length) {
                            d.resourceSpans = $Array(m.resourceSpans.length);
                            for (var j = 0; j < m.resourceSpans.length; ++j) {
                                d.resourceSpans[j] = $root.opentelemetry.proto.trace.v1.ResourceSpans.toObject(m.resourceSpans[j], o, q + 1);
                            }
                        }
                        return d;
                    };

                    TracesData.prototype.toJSON = function() {
                        return TracesData.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return TracesData;
                })();

                v1.ResourceSpans = (function() {

                    const ResourceSpans = function (p) {
                        this.scopeSpans = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ResourceSpans.prototype.resource = null;
                    ResourceSpans.prototype.scopeSpans = $util.emptyArray;
                    ResourceSpans.prototype.schemaUrl = "";

                    ResourceSpans.create = function(properties) {
                        return new ResourceSpans(properties);
                    };

                    ResourceSpans.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.resource != null && $Object.hasOwnProperty.call(m, "resource"))
                            $root.opentelemetry.proto.resource.v1.Resource.encode(m.resource, w.uint32(10).fork(), q + 1).ldelim();
                        if (m.scopeSpans != null && m.scopeSpans.length) {
                            for (var i = 0; i < m.scopeSpans.length; ++i)
                                $root.opentelemetry.proto.trace.v1.ScopeSpans.encode(m.scopeSpans[i], w.uint32(18).fork(), q + 1).ldelim();
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(26).string(m.schemaUrl);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ResourceSpans.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.trace.v1.ResourceSpans();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.resource = $root.opentelemetry.proto.resource.v1.Resource.decode(r, r.size(), $undefined, q + 1, m.resource);
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.scopeSpans && m.scopeSpans.length))
                                        m.scopeSpans = [];
                                    m.scopeSpans.push($root.opentelemetry.proto.trace.v1.ScopeSpans.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ResourceSpans.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.trace.v1.ResourceSpans)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.trace.v1.ResourceSpans: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.trace.v1.ResourceSpans();
                        if (d.resource != null) {
                            if (!$util.isObject(d.resource))
                                throw $TypeError(".opentelemetry.proto.trace.v1.ResourceSpans.resource: object expected");
                            m.resource = $root.opentelemetry.proto.resource.v1.Resource.fromObject(d.resource, q + 1);
                        }
                        if (d.scopeSpans) {
                            if (!$Array.isArray(d.scopeSpans))
                                throw $TypeError(".opentelemetry.proto.trace.v1.ResourceSpans.scopeSpans: array expected");
                            m.scopeSpans = $Array(d.scopeSpans.length);
                            for (var i = 0; i < d.scopeSpans.length; ++i) {
                                if (!$util.isObject(d.scopeSpans[i]))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.ResourceSpans.scopeSpans: object expected");
                                m.scopeSpans[i] = $root.opentelemetry.proto.trace.v1.ScopeSpans.fromObject(d.scopeSpans[i], q + 1);
                            }
                        }
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        return m;
                    };

                    ResourceSpans.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.scopeSpans = [];
                        }
                        if (o.defaults) {
                            d.resource = null;
                            d.schemaUrl = "";
                        }
                        if (m.resource != null && $Object.hasOwnProperty.call(m, "resource")) {
                            d.resource = $root.opentelemetry.proto.resource.v1.Resource.toObject(m.resource, o, q + 1);
                        }
                        if (m.scopeSpans && m.scopeSpans.length) {
                            d.scopeSpans = $Array(m.scopeSpans.length);
                            for (var j = 0; j < m.scopeSpans.length; ++j) {
                                d.scopeSpans[j] = $root.opentelemetry.proto.trace.v1.ScopeSpans.toObject(m.scopeSpans[j], o, q + 1);
                            }
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        return d;
                    };

                    ResourceSpans.prototype.toJSON = function() {
                        return ResourceSpans.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ResourceSpans;
                })();

                v1.ScopeSpans = (function() {

                    const ScopeSpans = function (p) {
                        this.spans = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ScopeSpans.prototype.scope = null;
                    ScopeSpans.prototype.spans = $util.emptyArray;
                    ScopeSpans.prototype.schemaUrl = "";

                    ScopeSpans.create = function(properties) {
                        return new ScopeSpans(properties);
                    };

                    ScopeSpans.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.scope != null && $Object.hasOwnProperty.call(m, "scope"))
                            $root.opentelemetry.proto.common.v1.InstrumentationScope.encode(m.scope, w.uint32(10).fork(), q + 1).ldelim();
                        if (m.spans != null && m.spans.length) {
                            for (var i = 0; i < m.spans.length; ++i)
                                $root.opentelemetry.proto.trace.v1.Span.encode(m.spans[i], w.uint32(18).fork(), q + 1).ldelim();
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(26).string(m.schemaUrl);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ScopeSpans.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.trace.v1.ScopeSpans();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.decode(r, r.size(), $undefined, q + 1, m.scope);
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.spans && m.spans.length))
                                        m.spans = [];
                                    m.spans.push($root.opentelemetry.proto.trace.v1.Span.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ScopeSpans.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.trace.v1.ScopeSpans)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.trace.v1.ScopeSpans: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.trace.v1.ScopeSpans();
                        if (d.scope != null) {
                            if (!$util.isObject(d.scope))
                                throw $TypeError(".opentelemetry.proto.trace.v1.ScopeSpans.scope: object expected");
                            m.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.fromObject(d.scope, q + 1);
                        }
                        if (d.spans) {
                            if (!$Array.isArray(d.spans))
                                throw $TypeError(".opentelemetry.proto.trace.v1.ScopeSpans.spans: array expected");
                            m.spans = $Array(d.spans.length);
                            for (var i = 0; i < d.spans.length; ++i) {
                                if (!$util.isObject(d.spans[i]))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.ScopeSpans.spans: object expected");
                                m.spans[i] = $root.opentelemetry.proto.trace.v1.Span.fromObject(d.spans[i], q + 1);
                            }
                        }
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        return m;
                    };

                    ScopeSpans.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.spans = [];
                        }
                        if (o.defaults) {
                            d.scope = null;
                            d.schemaUrl = "";
                        }
                        if (m.scope != null && $Object.hasOwnProperty.call(m, "scope")) {
                            d.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.toObject(m.scope, o, q + 1);
                        }
                        if (m.spans && m.spans.length) {
                            d.spans = $Array(m.spans.length);
                            for (var j = 0; j < m.spans.length; ++j) {
                                d.spans[j] = $root.opentelemetry.proto.trace.v1.Span.toObject(m.spans[j], o, q + 1);
                            }
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        return d;
                    };

                    ScopeSpans.prototype.toJSON = function() {
                        return ScopeSpans.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ScopeSpans;
                })();

                v1.Span = (function() {

                    const Span = function (p) {
                        this.attributes = [];
                        this.events = [];
                        this.links = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    Span.prototype.traceId = $util.newBuffer([]);
                    Span.prototype.spanId = $util.newBuffer([]);
                    Span.prototype.traceState = "";
                    Span.prototype.parentSpanId = $util.newBuffer([]);
                    Span.prototype.name = "";
                    Span.prototype.kind = 0;
                    Span.prototype.startTimeUnixNano = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                    Span.prototype.endTimeUnixNano = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                    Span.prototype.attributes = $util.emptyArray;
                    Span.prototype.droppedAttributesCount = 0;
                    Span.prototype.events = $util.emptyArray;
                    Span.prototype.droppedEventsCount = 0;
                    Span.prototype.links = $util.emptyArray;
                    Span.prototype.droppedLinksCount = 0;
                    Span.prototype.status = null;
                    Span.prototype.flags = 0;

                    Span.create = function(properties) {
                        return new Span(properties);
                    };

                    Span.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.traceId != null && $Object.hasOwnProperty.call(m, "traceId") && m.traceId.length)
                            w.uint32(10).bytes(m.traceId);
                        if (m.spanId != null && $Object.hasOwnProperty.call(m, "spanId") && m.spanId.length)
                            w.uint32(18).bytes(m.spanId);
                        if (m.traceState != null && $Object.hasOwnProperty.call(m, "traceState") && m.traceState !== "")
                            w.uint32(26).string(m.traceState);
                        if (m.parentSpanId != null && $Object.hasOwnProperty.call(m, "parentSpanId") && m.parentSpanId.length)
                            w.uint32(34).bytes(m.parentSpanId);
                        if (m.name != null && $Object.hasOwnProperty.call(m, "name") && m.name !== "")
                            w.uint32(42).string(m.name);
                        if (m.kind != null && $Object.hasOwnProperty.call(m, "kind") && m.kind !== 0)
                            w.uint32(48).int32(m.kind);
                        if (m.startTimeUnixNano != null && $Object.hasOwnProperty.call(m, "startTimeUnixNano") && (typeof m.startTimeUnixNano === "object" ? m.startTimeUnixNano.low || m.startTimeUnixNano.high : m.startTimeUnixNano !== 0))
                            w.uint32(57).fixed64(m.startTimeUnixNano);
                        if (m.endTimeUnixNano != null && $Object.hasOwnProperty.call(m, "endTimeUnixNano") && (typeof m.endTimeUnixNano === "object" ? m.endTimeUnixNano.low || m.endTimeUnixNano.high : m.endTimeUnixNano !== 0))
                            w.uint32(65).fixed64(m.endTimeUnixNano);
                        if (m.attributes != null && m.attributes.length) {
                            for (var i = 0; i < m.attributes.length; ++i)
                                $root.opentelemetry.proto.common.v1.KeyValue.encode(m.attributes[i], w.uint32(74).fork(), q + 1).ldelim();
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount") && m.droppedAttributesCount !== 0)
                            w.uint32(80).uint32(m.droppedAttributesCount);
                        if (m.events != null && m.events.length) {
                            for (var i = 0; i < m.events.length; ++i)
                                $root.opentelemetry.proto.trace.v1.Span.Event.encode(m.events[i], w.uint32(90).fork(), q + 1).ldelim();
                        }
                        if (m.droppedEventsCount != null && $Object.hasOwnProperty.call(m, "droppedEventsCount") && m.droppedEventsCount !== 0)
                            w.uint32(96).uint32(m.droppedEventsCount);
                        if (m.links != null && m.links.length) {
                            for (var i = 0; i < m.links.length; ++i)
                                $root.opentelemetry.proto.trace.v1.Span.Link.encode(m.links[i], w.uint32(106).fork(), q + 1).ldelim();
                        }
                        if (m.droppedLinksCount != null && $Object.hasOwnProperty.call(m, "droppedLinksCount") && m.droppedLinksCount !== 0)
                            w.uint32(112).uint32(m.droppedLinksCount);
                        if (m.status != null && $Object.hasOwnProperty.call(m, "status"))
                            $root.opentelemetry.proto.trace.v1.Status.encode(m.status, w.uint32(122).fork(), q + 1).ldelim();
                        if (m.flags != null && $Object.hasOwnProperty.call(m, "flags") && m.flags !== 0)
                            w.uint32(133).fixed32(m.flags);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    Span.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.trace.v1.Span();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.bytes()).length)
                                        m.traceId = v;
                                    else
                                        delete m.traceId;
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.bytes()).length)
                                        m.spanId = v;
                                    else
                                        delete m.spanId;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.traceState = v;
                                    else
                                        delete m.traceState;
                                    continue;
                                }
                            case 4: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.bytes()).length)
                                        m.parentSpanId = v;
                                    else
                                        delete m.parentSpanId;
                                    continue;
                                }
                            case 5: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.name = v;
                                    else
                                        delete m.name;
                                    continue;
                                }
                            case 6: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.int32())
                                        m.kind = v;
                                    else
                                        delete m.kind;
                                    continue;
                                }
                            case 7: {
                                    if (u !== 1)
                                        break;
                                    if (typeof (v = r.fixed64()) === "object" ? v.low || v.high : v !== 0)
                                        m.startTimeUnixNano = v;
                                    else
                                        delete m.startTimeUnixNano;
                                    continue;
                                }
                            case 8: {
                                    if (u !== 1)
                                        break;
                                    if (typeof (v = r.fixed64()) === "object" ? v.low || v.high : v !== 0)
                                        m.endTimeUnixNano = v;
                                    else
                                        delete m.endTimeUnixNano;
                                    continue;
                                }
                            case 9: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.attributes && m.attributes.length))
                                        m.attributes = [];
                                    m.attributes.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 10: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.uint32())
                                        m.droppedAttributesCount = v;
                                    else
                                        delete m.droppedAttributesCount;
                                    continue;
                                }
                            case 11: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.events && m.events.length))
                                        m.events = [];
                                    m.events.push($root.opentelemetry.proto.trace.v1.Span.Event.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 12: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.uint32())
                                        m.droppedEventsCount = v;
                                    else
                                        delete m.droppedEventsCount;
                                    continue;
                                }
                            case 13: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.links && m.links.length))
                                        m.links = [];
                                    m.links.push($root.opentelemetry.proto.trace.v1.Span.Link.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 14: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.uint32())
                                        m.droppedLinksCount = v;
                                    else
                                        delete m.droppedLinksCount;
                                    continue;
                                }
                            case 15: {
                                    if (u !== 2)
                                        break;
                                    m.status = $root.opentelemetry.proto.trace.v1.Status.decode(r, r.size(), $undefined, q + 1, m.status);
                                    continue;
                                }
                            case 16: {
                                    if (u !== 5)
                                        break;
                                    if (v = r.fixed32())
                                        m.flags = v;
                                    else
                                        delete m.flags;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    Span.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.trace.v1.Span)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.trace.v1.Span: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.trace.v1.Span();
                        if (d.traceId != null) {
                            if (d.traceId.length) {
                                if (typeof d.traceId === "string")
                                    $util.base64.decode(d.traceId, m.traceId = $util.newBuffer($util.base64.length(d.traceId)), 0);
                                else if (d.traceId.length >= 0)
                                    m.traceId = d.traceId;
                            }
                        }
                        if (d.spanId != null) {
                            if (d.spanId.length) {
                                if (typeof d.spanId === "string")
                                    $util.base64.decode(d.spanId, m.spanId = $util.newBuffer($util.base64.length(d.spanId)), 0);
                                else if (d.spanId.length >= 0)
                                    m.spanId = d.spanId;
                            }
                        }
                        if (d.traceState != null) {
                            if (typeof d.traceState !== "string" || d.traceState.length) {
                                m.traceState = $String(d.traceState);
                            }
                        }
                        if (d.parentSpanId != null) {
                            if (d.parentSpanId.length) {
                                if (typeof d.parentSpanId === "string")
                                    $util.base64.decode(d.parentSpanId, m.parentSpanId = $util.newBuffer($util.base64.length(d.parentSpanId)), 0);
                                else if (d.parentSpanId.length >= 0)
                                    m.parentSpanId = d.parentSpanId;
                            }
                        }
                        if (d.name != null) {
                            if (typeof d.name !== "string" || d.name.length) {
                                m.name = $String(d.name);
                            }
                        }
                        if (d.kind !== 0 && (typeof d.kind !== "string" || $root.opentelemetry.proto.trace.v1.Span.SpanKind[d.kind] !== 0)) {
                            switch (d.kind) {
                            case "SPAN_KIND_UNSPECIFIED":
                            case 0:
                                m.kind = 0;
                                break;
                            case "SPAN_KIND_INTERNAL":
                            case 1:
                                m.kind = 1;
                                break;
                            case "SPAN_KIND_SERVER":
                            case 2:
                                m.kind = 2;
                                break;
                            case "SPAN_KIND_CLIENT":
                            case 3:
                                m.kind = 3;
                                break;
                            case "SPAN_KIND_PRODUCER":
                            case 4:
                                m.kind = 4;
                                break;
                            case "SPAN_KIND_CONSUMER":
                            case 5:
                                m.kind = 5;
                                break;
                            default:
                                if (typeof d.kind === "number" && (d.kind | 0) === d.kind)
                                    m.kind = d.kind;
                            }
                        }
                        if (d.startTimeUnixNano != null) {
                            if (typeof d.startTimeUnixNano === "object" ? d.startTimeUnixNano.low || d.startTimeUnixNano.high : $Number(d.startTimeUnixNano) !== 0) {
                                if ($util.Long)
                                    m.startTimeUnixNano = $util.Long.fromValue(d.startTimeUnixNano, true);
                                else if (typeof d.startTimeUnixNano === "string")
                                    m.startTimeUnixNano = $parseInt(d.startTimeUnixNano, 10);
                                else if (typeof d.startTimeUnixNano === "number")
                                    m.startTimeUnixNano = d.startTimeUnixNano;
                                else if (typeof d.startTimeUnixNano === "object")
                                    m.startTimeUnixNano = new $util.LongBits(d.startTimeUnixNano.low >>> 0, d.startTimeUnixNano.high >>> 0).toNumber(true);
                            }
                        }
                        if (d.endTimeUnixNano != null) {
                            if (typeof d.endTimeUnixNano === "object" ? d.endTimeUnixNano.low || d.endTimeUnixNano.high : $Number(d.endTimeUnixNano) !== 0) {
                                if ($util.Long)
                                    m.endTimeUnixNano = $util.Long.fromValue(d.endTimeUnixNano, true);
                                else if (typeof d.endTimeUnixNano === "string")
                                    m.endTimeUnixNano = $parseInt(d.endTimeUnixNano, 10);
                                else if (typeof d.endTimeUnixNano === "number")
                                    m.endTimeUnixNano = d.endTimeUnixNano;
                                else if (typeof d.endTimeUnixNano === "object")
                                    m.endTimeUnixNano = new $util.LongBits(d.endTimeUnixNano.low >>> 0, d.endTimeUnixNano.high >>> 0).toNumber(true);
                            }
                        }
                        if (d.attributes) {
                            if (!$Array.isArray(d.attributes))
                                throw $TypeError(".opentelemetry.proto.trace.v1.Span.attributes: array expected");
                            m.attributes = $Array(d.attributes.length);
                            for (var i = 0; i < d.attributes.length; ++i) {
                                if (!$util.isObject(d.attributes[i]))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.Span.attributes: object expected");
                                m.attributes[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.attributes[i], q + 1);
                            }
                        }
                        if (d.droppedAttributesCount != null) {
                            if ($Number(d.droppedAttributesCount) !== 0) {
                                m.droppedAttributesCount = d.droppedAttributesCount >>> 0;
                            }
                        }
                        if (d.events) {
                            if (!$Array.isArray(d.events))
                                throw $TypeError(".opentelemetry.proto.trace.v1.Span.events: array expected");
                            m.events = $Array(d.events.length);
                            for (var i = 0; i < d.events.length; ++i) {
                                if (!$util.isObject(d.events[i]))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.Span.events: object expected");
                                m.events[i] = $root.opentelemetry.proto.trace.v1.Span.Event.fromObject(d.events[i], q + 1);
                            }
                        }
                        if (d.droppedEventsCount != null) {
                            if ($Number(d.droppedEventsCount) !== 0) {
                                m.droppedEventsCount = d.droppedEventsCount >>> 0;
                            }
                        }
                        if (d.links) {
                            if (!$Array.isArray(d.links))
                                throw $TypeError(".opentelemetry.proto.trace.v1.Span.links: array expected");
                            m.links = $Array(d.links.length);
                            for (var i = 0; i < d.links.length; ++i) {
                                if (!$util.isObject(d.links[i]))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.Span.links: object expected");
                                m.links[i] = $root.opentelemetry.proto.trace.v1.Span.Link.fromObject(d.links[i], q + 1);
                            }
                        }
                        if (d.droppedLinksCount != null) {
                            if ($Number(d.droppedLinksCount) !== 0) {
                                m.droppedLinksCount = d.droppedLinksCount >>> 0;
                            }
                        }
                        if (d.status != null) {
                            if (!$util.isObject(d.status))
                                throw $TypeError(".opentelemetry.proto.trace.v1.Span.status: object expected");
                            m.status = $root.opentelemetry.proto.trace.v1.Status.fromObject(d.status, q + 1);
                        }
                        if (d.flags != null) {
                            if ($Number(d.flags) !== 0) {
                                m.flags = d.flags >>> 0;
                            }
                        }
                        return m;
                    };

                    Span.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.attributes = [];
                            d.events = [];
                            d.links = [];
                        }
                        if (o.defaults) {
                            if (o.bytes === $String)
                                d.traceId = "";
                            else {
                                d.traceId = [];
                                if (o.bytes !== $Array)
                                    d.traceId = $util.newBuffer(d.traceId);
                            }
                            if (o.bytes === $String)
                                d.spanId = "";
                            else {
                                d.spanId = [];
                                if (o.bytes !== $Array)
                                    d.spanId = $util.newBuffer(d.spanId);
                            }
                            d.traceState = "";
                            if (o.bytes === $String)
                                d.parentSpanId = "";
                            else {
                                d.parentSpanId = [];
                                if (o.bytes !== $Array)
                                    d.parentSpanId = $util.newBuffer(d.parentSpanId);
                            }
                            d.name = "";
                            d.kind = o.enums === $String ? "SPAN_KIND_UNSPECIFIED" : 0;
                            if ($util.Long) {
                                var n = new $util.Long(0, 0, true);
                                d.startTimeUnixNano = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                            } else
                                d.startTimeUnixNano = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                            if ($util.Long) {
                                var n = new $util.Long(0, 0, true);
                                d.endTimeUnixNano = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                            } else
                                d.endTimeUnixNano = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                            d.droppedAttributesCount = 0;
                            d.droppedEventsCount = 0;
                            d.droppedLinksCount = 0;
                            d.status = null;
                            d.flags = 0;
                        }
                        if (m.traceId != null && $Object.hasOwnProperty.call(m, "traceId")) {
                            d.traceId = o.bytes === $String ? $util.base64.encode(m.traceId, 0, m.traceId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.traceId) : m.traceId;
                        }
                        if (m.spanId != null && $Object.hasOwnProperty.call(m, "spanId")) {
                            d.spanId = o.bytes === $String ? $util.base64.encode(m.spanId, 0, m.spanId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.spanId) : m.spanId;
                        }
                        if (m.traceState != null && $Object.hasOwnProperty.call(m, "traceState")) {
                            d.traceState = m.traceState;
                        }
                        if (m.parentSpanId != null && $Object.hasOwnProperty.call(m, "parentSpanId")) {
                            d.parentSpanId = o.bytes === $String ? $util.base64.encode(m.parentSpanId, 0, m.parentSpanId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.parentSpanId) : m.parentSpanId;
                        }
                        if (m.name != null && $Object.hasOwnProperty.call(m, "name")) {
                            d.name = m.name;
                        }
                        if (m.kind != null && $Object.hasOwnProperty.call(m, "kind")) {
                            d.kind = o.enums === $String ? $root.opentelemetry.proto.trace.v1.Span.SpanKind[m.kind] === $undefined ? m.kind : $root.opentelemetry.proto.trace.v1.Span.SpanKind[m.kind] : m.kind;
                        }
                        if (m.startTimeUnixNano != null && $Object.hasOwnProperty.call(m, "startTimeUnixNano")) {
                            if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                d.startTimeUnixNano = typeof m.startTimeUnixNano === "number" ? $BigInt(m.startTimeUnixNano) : $util.Long.fromBits(m.startTimeUnixNano.low >>> 0, m.startTimeUnixNano.high >>> 0, true).toBigInt();
                            else if (typeof m.startTimeUnixNano === "number")
                                d.startTimeUnixNano = o.longs === $String ? $String(m.startTimeUnixNano) : m.startTimeUnixNano;
                            else
                                d.startTimeUnixNano = o.longs === $String ? $util.Long.prototype.toString.call(m.startTimeUnixNano) : o.longs === $Number ? new $util.LongBits(m.startTimeUnixNano.low >>> 0, m.startTimeUnixNano.high >>> 0).toNumber(true) : m.startTimeUnixNano;
                        }
                        if (m.endTimeUnixNano != null && $Object.hasOwnProperty.call(m, "endTimeUnixNano")) {
                            if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                d.endTimeUnixNano = typeof m.endTimeUnixNano === "number" ? $BigInt(m.endTimeUnixNano) : $util.Long.fromBits(m.endTimeUnixNano.low >>> 0, m.endTimeUnixNano.high >>> 0, true).toBigInt();
                            else if (typeof m.endTimeUnixNano === "number")
                                d.endTimeUnixNano = o.longs === $String ? $String(m.endTimeUnixNano) : m.endTimeUnixNano;
                            else
                                d.endTimeUnixNano = o.longs === $String ? $util.Long.prototype.toString.call(m.endTimeUnixNano) : o.longs === $Number ? new $util.LongBits(m.endTimeUnixNano.low >>> 0, m.endTimeUnixNano.high >>> 0).toNumber(true) : m.endTimeUnixNano;
                        }
                        if (m.attributes && m.attributes.length) {
                            d.attributes = $Array(m.attributes.length);
                            for (var j = 0; j < m.attributes.length; ++j) {
                                d.attributes[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.attributes[j], o, q + 1);
                            }
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount")) {
                            d.droppedAttributesCount = m.droppedAttributesCount;
                        }
                        if (m.events && m.events.length) {
                            d.events = $Array(m.events.length);
                            for (var j = 0; j < m.events.length; ++j) {
                                d.events[j] = $root.opentelemetry.proto.trace.v1.Span.Event.toObject(m.events[j], o, q + 1);
                            }
                        }
                        if (m.droppedEventsCount != null && $Object.hasOwnProperty.call(m, "droppedEventsCount")) {
                            d.droppedEventsCount = m.droppedEventsCount;
                        }
                        if (m.links && m.links.length) {
                            d.links = $Array(m.links.length);
                            for (var j = 0; j < m.links.length; ++j) {
                                d.links[j] = $root.opentelemetry.proto.trace.v1.Span.Link.toObject(m.links[j], o, q + 1);
                            }
                        }
                        if (m.droppedLinksCount != null && $Object.hasOwnProperty.call(m, "droppedLinksCount")) {
                            d.droppedLinksCount = m.droppedLinksCount;
                        }
                        if (m.status != null && $Object.hasOwnProperty.call(m, "status")) {
                            d.status = $root.opentelemetry.proto.trace.v1.Status.toObject(m.status, o, q + 1);
                        }
                        if (m.flags != null && $Object.hasOwnProperty.call(m, "flags")) {
                            d.flags = m.flags;
                        }
                        return d;
                    };

                    Span.prototype.toJSON = function() {
                        return Span.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    Span.SpanKind = (function() {
                        const valuesById = $Object.create(null), values = $Object.create(valuesById);
                        values[valuesById[0] = "SPAN_KIND_UNSPECIFIED"] = 0;
                        values[valuesById[1] = "SPAN_KIND_INTERNAL"] = 1;
                        values[valuesById[2] = "SPAN_KIND_SERVER"] = 2;
                        values[valuesById[3] = "SPAN_KIND_CLIENT"] = 3;
                        values[valuesById[4] = "SPAN_KIND_PRODUCER"] = 4;
                        values[valuesById[5] = "SPAN_KIND_CONSUMER"] = 5;
                        return values;
                    })();

                    Span.Event = (function() {

                        const Event = function (p) {
                            this.attributes = [];
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        Event.prototype.timeUnixNano = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                        Event.prototype.name = "";
                        Event.prototype.attributes = $util.emptyArray;
                        Event.prototype.droppedAttributesCount = 0;

                        Event.create = function(properties) {
                            return new Event(properties);
                        };

                        Event.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.timeUnixNano != null && $Object.hasOwnProperty.call(m, "timeUnixNano") && (typeof m.timeUnixNano === "object" ? m.timeUnixNano.low || m.timeUnixNano.high : m.timeUnixNano !== 0))
                                w.uint32(9).fixed64(m.timeUnixNano);
                            if (m.name != null && $Object.hasOwnProperty.call(m, "name") && m.name !== "")
                                w.uint32(18).string(m.name);
                            if (m.attributes != null && m.attributes.length) {
                                for (var i = 0; i < m.attributes.length; ++i)
                                    $root.opentelemetry.proto.common.v1.KeyValue.encode(m.attributes[i], w.uint32(26).fork(), q + 1).ldelim();
                            }
                            if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount") && m.droppedAttributesCount !== 0)
                                w.uint32(32).uint32(m.droppedAttributesCount);
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        Event.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.trace.v1.Span.Event();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 1)
                                            break;
                                        if (typeof (v = r.fixed64()) === "object" ? v.low || v.high : v !== 0)
                                            m.timeUnixNano = v;
                                        else
                                            delete m.timeUnixNano;
                                        continue;
                                    }
                                case 2: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.stringVerify()).length)
                                            m.name = v;
                                        else
                                            delete m.name;
                                        continue;
                                    }
                                case 3: {
                                        if (u !== 2)
                                            break;
                                        if (!(m.attributes && m.attributes.length))
                                            m.attributes = [];
                                        m.attributes.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                        continue;
                                    }
                                case 4: {
                                        if (u !== 0)
                                            break;
                                        if (v = r.uint32())
                                            m.droppedAttributesCount = v;
                                        else
                                            delete m.droppedAttributesCount;
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        Event.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.trace.v1.Span.Event)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.trace.v1.Span.Event: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.trace.v1.Span.Event();
                            if (d.timeUnixNano != null) {
                                if (typeof d.timeUnixNano === "object" ? d.timeUnixNano.low || d.timeUnixNano.high : $Number(d.timeUnixNano) !== 0) {
                                    if ($util.Long)
                                        m.timeUnixNano = $util.Long.fromValue(d.timeUnixNano, true);
                                    else if (typeof d.timeUnixNano === "string")
                                        m.timeUnixNano = $parseInt(d.timeUnixNano, 10);
                                    else if (typeof d.timeUnixNano === "number")
                                        m.timeUnixNano = d.timeUnixNano;
                                    else if (typeof d.timeUnixNano === "object")
                                        m.timeUnixNano = new $util.LongBits(d.timeUnixNano.low >>> 0, d.timeUnixNano.high >>> 0).toNumber(true);
                                }
                            }
                            if (d.name != null) {
                                if (typeof d.name !== "string" || d.name.length) {
                                    m.name = $String(d.name);
                                }
                            }
                            if (d.attributes) {
                                if (!$Array.isArray(d.attributes))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.Span.Event.attributes: array expected");
                                m.attributes = $Array(d.attributes.length);
                                for (var i = 0; i < d.attributes.length; ++i) {
                                    if (!$util.isObject(d.attributes[i]))
                                        throw $TypeError(".opentelemetry.proto.trace.v1.Span.Event.attributes: object expected");
                                    m.attributes[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.attributes[i], q + 1);
                                }
                            }
                            if (d.droppedAttributesCount != null) {
                                if ($Number(d.droppedAttributesCount) !== 0) {
                                    m.droppedAttributesCount = d.droppedAttributesCount >>> 0;
                                }
                            }
                            return m;
                        };

                        Event.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.arrays || o.defaults) {
                                d.attributes = [];
                            }
                            if (o.defaults) {
                                if ($util.Long) {
                                    var n = new $util.Long(0, 0, true);
                                    d.timeUnixNano = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                                } else
                                    d.timeUnixNano = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                                d.name = "";
                                d.droppedAttributesCount = 0;
                            }
                            if (m.timeUnixNano != null && $Object.hasOwnProperty.call(m, "timeUnixNano")) {
                                if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                    d.timeUnixNano = typeof m.timeUnixNano === "number" ? $BigInt(m.timeUnixNano) : $util.Long.fromBits(m.timeUnixNano.low >>> 0, m.timeUnixNano.high >>> 0, true).toBigInt();
                                else if (typeof m.timeUnixNano === "number")
                                    d.timeUnixNano = o.longs === $String ? $String(m.timeUnixNano) : m.timeUnixNano;
                                else
                                    d.timeUnixNano = o.longs === $String ? $util.Long.prototype.toString.call(m.timeUnixNano) : o.longs === $Number ? new $util.LongBits(m.timeUnixNano.low >>> 0, m.timeUnixNano.high >>> 0).toNumber(true) : m.timeUnixNano;
                            }
                            if (m.name != null && $Object.hasOwnProperty.call(m, "name")) {
                                d.name = m.name;
                            }
                            if (m.attributes && m.attributes.length) {
                                d.attributes = $Array(m.attributes.length);
                                for (var j = 0; j < m.attributes.length; ++j) {
                                    d.attributes[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.attributes[j], o, q + 1);
                                }
                            }
                            if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount")) {
                                d.droppedAttributesCount = m.droppedAttributesCount;
                            }
                            return d;
                        };

                        Event.prototype.toJSON = function() {
                            return Event.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return Event;
                    })();

                    Span.Link = (function() {

                        const Link = function (p) {
                            this.attributes = [];
                            if (p)
                                for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                    if (p[ks[i]] != null && ks[i] !== "__proto__")
                                        this[ks[i]] = p[ks[i]];
                        };

                        Link.prototype.traceId = $util.newBuffer([]);
                        Link.prototype.spanId = $util.newBuffer([]);
                        Link.prototype.traceState = "";
                        Link.prototype.attributes = $util.emptyArray;
                        Link.prototype.droppedAttributesCount = 0;
                        Link.prototype.flags = 0;

                        Link.create = function(properties) {
                            return new Link(properties);
                        };

                        Link.encode = function (m, w, q) {
                            if (!w)
                                w = $Writer.create();
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            if (m.traceId != null && $Object.hasOwnProperty.call(m, "traceId") && m.traceId.length)
                                w.uint32(10).bytes(m.traceId);
                            if (m.spanId != null && $Object.hasOwnProperty.call(m, "spanId") && m.spanId.length)
                                w.uint32(18).bytes(m.spanId);
                            if (m.traceState != null && $Object.hasOwnProperty.call(m, "traceState") && m.traceState !== "")
                                w.uint32(26).string(m.traceState);
                            if (m.attributes != null && m.attributes.length) {
                                for (var i = 0; i < m.attributes.length; ++i)
                                    $root.opentelemetry.proto.common.v1.KeyValue.encode(m.attributes[i], w.uint32(34).fork(), q + 1).ldelim();
                            }
                            if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount") && m.droppedAttributesCount !== 0)
                                w.uint32(40).uint32(m.droppedAttributesCount);
                            if (m.flags != null && $Object.hasOwnProperty.call(m, "flags") && m.flags !== 0)
                                w.uint32(53).fixed32(m.flags);
                            if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                                for (var i = 0; i < m.$unknowns.length; ++i)
                                    w.raw(m.$unknowns[i]);
                            return w;
                        };

                        Link.decode = function (r, l, z, q, g) {
                            if (!(r instanceof $Reader))
                                r = $Reader.create(r);
                            if (q === $undefined)
                                q = 0;
                            if (q > $Reader.recursionLimit)
                                throw $Error("max depth exceeded");
                            var c, m, v;
                            if (l === $undefined)
                                c = r.len;
                            else {
                                c = r.pos + l;
                                if (c > r.len)
                                    throw $RangeError("index out of range");
                                l = r.len;
                                r.len = c;
                            }
                            m = g || new $root.opentelemetry.proto.trace.v1.Span.Link();
                            while (r.pos < c) {
                                var s = r.pos;
                                var t = r.tag();
                                if (t === z) {
                                    z = $undefined;
                                    break;
                                }
                                var u = t & 7;
                                switch (t >>>= 3) {
                                case 1: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.bytes()).length)
                                            m.traceId = v;
                                        else
                                            delete m.traceId;
                                        continue;
                                    }
                                case 2: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.bytes()).length)
                                            m.spanId = v;
                                        else
                                            delete m.spanId;
                                        continue;
                                    }
                                case 3: {
                                        if (u !== 2)
                                            break;
                                        if ((v = r.stringVerify()).length)
                                            m.traceState = v;
                                        else
                                            delete m.traceState;
                                        continue;
                                    }
                                case 4: {
                                        if (u !== 2)
                                            break;
                                        if (!(m.attributes && m.attributes.length))
                                            m.attributes = [];
                                        m.attributes.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                        continue;
                                    }
                                case 5: {
                                        if (u !== 0)
                                            break;
                                        if (v = r.uint32())
                                            m.droppedAttributesCount = v;
                                        else
                                            delete m.droppedAttributesCount;
                                        continue;
                                    }
                                case 6: {
                                        if (u !== 5)
                                            break;
                                        if (v = r.fixed32())
                                            m.flags = v;
                                        else
                                            delete m.flags;
                                        continue;
                                    }
                                }
                                r.skipType(u, q, t);
                                if (!r.discardUnknown) {
                                    $util.makeProp(m, "$unknowns", false);
                                    (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                                }
                            }
                            if (l !== $undefined) {
                                if (r.pos !== c)
                                    throw $RangeError("index out of range");
                                r.len = l;
                            }
                            if (z !== $undefined)
                                throw $Error("missing end group");
                            return m;
                        };

                        Link.fromObject = function (d, q) {
                            if (d instanceof $root.opentelemetry.proto.trace.v1.Span.Link)
                                return d;
                            if (!$util.isObject(d))
                                throw $TypeError(".opentelemetry.proto.trace.v1.Span.Link: object expected");
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var m = new $root.opentelemetry.proto.trace.v1.Span.Link();
                            if (d.traceId != null) {
                                if (d.traceId.length) {
                                    if (typeof d.traceId === "string")
                                        $util.base64.decode(d.traceId, m.traceId = $util.newBuffer($util.base64.length(d.traceId)), 0);
                                    else if (d.traceId.length >= 0)
                                        m.traceId = d.traceId;
                                }
                            }
                            if (d.spanId != null) {
                                if (d.spanId.length) {
                                    if (typeof d.spanId === "string")
                                        $util.base64.decode(d.spanId, m.spanId = $util.newBuffer($util.base64.length(d.spanId)), 0);
                                    else if (d.spanId.length >= 0)
                                        m.spanId = d.spanId;
                                }
                            }
                            if (d.traceState != null) {
                                if (typeof d.traceState !== "string" || d.traceState.length) {
                                    m.traceState = $String(d.traceState);
                                }
                            }
                            if (d.attributes) {
                                if (!$Array.isArray(d.attributes))
                                    throw $TypeError(".opentelemetry.proto.trace.v1.Span.Link.attributes: array expected");
                                m.attributes = $Array(d.attributes.length);
                                for (var i = 0; i < d.attributes.length; ++i) {
                                    if (!$util.isObject(d.attributes[i]))
                                        throw $TypeError(".opentelemetry.proto.trace.v1.Span.Link.attributes: object expected");
                                    m.attributes[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.attributes[i], q + 1);
                                }
                            }
                            if (d.droppedAttributesCount != null) {
                                if ($Number(d.droppedAttributesCount) !== 0) {
                                    m.droppedAttributesCount = d.droppedAttributesCount >>> 0;
                                }
                            }
                            if (d.flags != null) {
                                if ($Number(d.flags) !== 0) {
                                    m.flags = d.flags >>> 0;
                                }
                            }
                            return m;
                        };

                        Link.toObject = function (m, o, q) {
                            if (!o)
                                o = {};
                            if (q === $undefined)
                                q = 0;
                            if (q > $util.recursionLimit)
                                throw $Error("max depth exceeded");
                            var d = {};
                            if (o.arrays || o.defaults) {
                                d.attributes = [];
                            }
                            if (o.defaults) {
                                if (o.bytes === $String)
                                    d.traceId = "";
                                else {
                                    d.traceId = [];
                                    if (o.bytes !== $Array)
                                        d.traceId = $util.newBuffer(d.traceId);
                                }
                                if (o.bytes === $String)
                                    d.spanId = "";
                                else {
                                    d.spanId = [];
                                    if (o.bytes !== $Array)
                                        d.spanId = $util.newBuffer(d.spanId);
                                }
                                d.traceState = "";
                                d.droppedAttributesCount = 0;
                                d.flags = 0;
                            }
                            if (m.traceId != null && $Object.hasOwnProperty.call(m, "traceId")) {
                                d.traceId = o.bytes === $String ? $util.base64.encode(m.traceId, 0, m.traceId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.traceId) : m.traceId;
                            }
                            if (m.spanId != null && $Object.hasOwnProperty.call(m, "spanId")) {
                                d.spanId = o.bytes === $String ? $util.base64.encode(m.spanId, 0, m.spanId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.spanId) : m.spanId;
                            }
                            if (m.traceState != null && $Object.hasOwnProperty.call(m, "traceState")) {
                                d.traceState = m.traceState;
                            }
                            if (m.attributes && m.attributes.length) {
                                d.attributes = $Array(m.attributes.length);
                                for (var j = 0; j < m.attributes.length; ++j) {
                                    d.attributes[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.attributes[j], o, q + 1);
                                }
                            }
                            if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount")) {
                                d.droppedAttributesCount = m.droppedAttributesCount;
                            }
                            if (m.flags != null && $Object.hasOwnProperty.call(m, "flags")) {
                                d.flags = m.flags;
                            }
                            return d;
                        };

                        Link.prototype.toJSON = function() {
                            return Link.toObject(this, $protobuf.util.toJSONOptions);
                        };

                        return Link;
                    })();

                    return Span;
                })();

                v1.Status = (function() {

                    const Status = function (p) {
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    Status.prototype.message = "";
                    Status.prototype.code = 0;

                    Status.create = function(properties) {
                        return new Status(properties);
                    };

                    Status.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.message != null && $Object.hasOwnProperty.call(m, "message") && m.message !== "")
                            w.uint32(18).string(m.message);
                        if (m.code != null && $Object.hasOwnProperty.call(m, "code") && m.code !== 0)
                            w.uint32(24).int32(m.code);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    Status.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.trace.v1.Status();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.message = v;
                                    else
                                        delete m.message;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.int32())
                                        m.code = v;
                                    else
                                        delete m.code;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    Status.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.trace.v1.Status)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.trace.v1.Status: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.trace.v1.Status();
                        if (d.message != null) {
                            if (typeof d.message !== "string" || d.message.length) {
                                m.message = $String(d.message);
                            }
                        }
                        if (d.code !== 0 && (typeof d.code !== "string" || $root.opentelemetry.proto.trace.v1.Status.StatusCode[d.code] !== 0)) {
                            switch (d.code) {
                            case "STATUS_CODE_UNSET":
                            case 0:
                                m.code = 0;
                                break;
                            case "STATUS_CODE_OK":
                            case 1:
                                m.code = 1;
                                break;
                            case "STATUS_CODE_ERROR":
                            case 2:
                                m.code = 2;
                                break;
                            default:
                                if (typeof d.code === "number" && (d.code | 0) === d.code)
                                    m.code = d.code;
                            }
                        }
                        return m;
                    };

                    Status.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.defaults) {
                            d.message = "";
                            d.code = o.enums === $String ? "STATUS_CODE_UNSET" : 0;
                        }
                        if (m.message != null && $Object.hasOwnProperty.call(m, "message")) {
                            d.message = m.message;
                        }
                        if (m.code != null && $Object.hasOwnProperty.call(m, "code")) {
                            d.code = o.enums === $String ? $root.opentelemetry.proto.trace.v1.Status.StatusCode[m.code] === $undefined ? m.code : $root.opentelemetry.proto.trace.v1.Status.StatusCode[m.code] : m.code;
                        }
                        return d;
                    };

                    Status.prototype.toJSON = function() {
                        return Status.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    Status.StatusCode = (function() {
                        const valuesById = $Object.create(null), values = $Object.create(valuesById);
                        values[valuesById[0] = "STATUS_CODE_UNSET"] = 0;
                        values[valuesById[1] = "STATUS_CODE_OK"] = 1;
                        values[valuesById[2] = "STATUS_CODE_ERROR"] = 2;
                        return values;
                    })();

                    return Status;
                })();

                return v1;
            })();

            return trace;
        })();

        proto.common = (function() {

            const common = {};

            common.v1 = (function() {

                const v1 = {};

                v1.AnyValue = (function() {

                    const AnyValue = function (p) {
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    AnyValue.prototype.stringValue = null;
                    AnyValue.prototype.boolValue = null;
                    AnyValue.prototype.intValue = null;
                    AnyValue.prototype.doubleValue = null;
                    AnyValue.prototype.arrayValue = null;
                    AnyValue.prototype.kvlistValue = null;
                    AnyValue.prototype.bytesValue = null;
                    AnyValue.prototype.stringValueStrindex = null;

                    let $oneOfFields;

                    $Object.defineProperty(AnyValue.prototype, "value", {
                        get: $util.oneOfGetter($oneOfFields = ["stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue", "stringValueStrindex"]),
                        set: $util.oneOfSetter($oneOfFields)
                    });

                    AnyValue.create = function(properties) {
                        return new AnyValue(properties);
                    };

                    AnyValue.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.stringValue != null && $Object.hasOwnProperty.call(m, "stringValue"))
                            w.uint32(10).string(m.stringValue);
                        if (m.boolValue != null && $Object.hasOwnProperty.call(m, "boolValue"))
                            w.uint32(16).bool(m.boolValue);
                        if (m.intValue != null && $Object.hasOwnProperty.call(m, "intValue"))
                            w.uint32(24).int64(m.intValue);
                        if (m.doubleValue != null && $Object.hasOwnProperty.call(m, "doubleValue"))
                            w.uint32(33).double(m.doubleValue);
                        if (m.arrayValue != null && $Object.hasOwnProperty.call(m, "arrayValue"))
                            $root.opentelemetry.proto.common.v1.ArrayValue.encode(m.arrayValue, w.uint32(42).fork(), q + 1).ldelim();
                        if (m.kvlistValue != null && $Object.hasOwnProperty.call(m, "kvlistValue"))
                            $root.opentelemetry.proto.common.v1.KeyValueList.encode(m.kvlistValue, w.uint32(50).fork(), q + 1).ldelim();
                        if (m.bytesValue != null && $Object.hasOwnProperty.call(m, "bytesValue"))
                            w.uint32(58).bytes(m.bytesValue);
                        if (m.stringValueStrindex != null && $Object.hasOwnProperty.call(m, "stringValueStrindex"))
                            w.uint32(64).int32(m.stringValueStrindex);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    AnyValue.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.common.v1.AnyValue();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.stringValue = r.stringVerify();
                                    m.value = "stringValue";
                                    continue;
                                }
                            case 2: {
                                    if (u !== 0)
                                        break;
                                    m.boolValue = r.bool();
                                    m.value = "boolValue";
                                    continue;
                                }
                            case 3: {
                                    if (u !== 0)
                                        break;
                                    m.intValue = r.int64();
                                    m.value = "intValue";
                                    continue;
                                }
                            case 4: {
                                    if (u !== 1)
                                        break;
                                    m.doubleValue = r.double();
                                    m.value = "doubleValue";
                                    continue;
                                }
                            case 5: {
                                    if (u !== 2)
                                        break;
                                    m.arrayValue = $root.opentelemetry.proto.common.v1.ArrayValue.decode(r, r.size(), $undefined, q + 1, m.arrayValue);
                                    m.value = "arrayValue";
                                    continue;
                                }
                            case 6: {
                                    if (u !== 2)
                                        break;
                                    m.kvlistValue = $root.opentelemetry.proto.common.v1.KeyValueList.decode(r, r.size(), $undefined, q + 1, m.kvlistValue);
                                    m.value = "kvlistValue";
                                    continue;
                                }
                            case 7: {
                                    if (u !== 2)
                                        break;
                                    m.bytesValue = r.bytes();
                                    m.value = "bytesValue";
                                    continue;
                                }
                            case 8: {
                                    if (u !== 0)
                                        break;
                                    m.stringValueStrindex = r.int32();
                                    m.value = "stringValueStrindex";
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    AnyValue.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.common.v1.AnyValue)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.common.v1.AnyValue: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.common.v1.AnyValue();
                        if (d.stringValue != null) {
                            m.stringValue = $String(d.stringValue);
                        }
                        if (d.boolValue != null) {
                            m.boolValue = $Boolean(d.boolValue);
                        }
                        if (d.intValue != null) {
                            if ($util.Long)
                                m.intValue = $util.Long.fromValue(d.intValue, false);
                            else if (typeof d.intValue === "string")
                                m.intValue = $parseInt(d.intValue, 10);
                            else if (typeof d.intValue === "number")
                                m.intValue = d.intValue;
                            else if (typeof d.intValue === "object")
                                m.intValue = new $util.LongBits(d.intValue.low >>> 0, d.intValue.high >>> 0).toNumber();
                        }
                        if (d.doubleValue != null) {
                            m.doubleValue = $Number(d.doubleValue);
                        }
                        if (d.arrayValue != null) {
                            if (!$util.isObject(d.arrayValue))
                                throw $TypeError(".opentelemetry.proto.common.v1.AnyValue.arrayValue: object expected");
                            m.arrayValue = $root.opentelemetry.proto.common.v1.ArrayValue.fromObject(d.arrayValue, q + 1);
                        }
                        if (d.kvlistValue != null) {
                            if (!$util.isObject(d.kvlistValue))
                                throw $TypeError(".opentelemetry.proto.common.v1.AnyValue.kvlistValue: object expected");
                            m.kvlistValue = $root.opentelemetry.proto.common.v1.KeyValueList.fromObject(d.kvlistValue, q + 1);
                        }
                        if (d.bytesValue != null) {
                            if (typeof d.bytesValue === "string")
                                $util.base64.decode(d.bytesValue, m.bytesValue = $util.newBuffer($util.base64.length(d.bytesValue)), 0);
                            else if (d.bytesValue.length >= 0)
                                m.bytesValue = d.bytesValue;
                        }
                        if (d.stringValueStrindex != null) {
                            m.stringValueStrindex = d.stringValueStrindex | 0;
                        }
                        return m;
                    };

                    AnyValue.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (m.stringValue != null && $Object.hasOwnProperty.call(m, "stringValue")) {
                            d.stringValue = m.stringValue;
                            if (o.oneofs)
                                d.value = "stringValue";
                        }
                        if (m.boolValue != null && $Object.hasOwnProperty.call(m, "boolValue")) {
                            d.boolValue = m.boolValue;
                            if (o.oneofs)
                                d.value = "boolValue";
                        }
                        if (m.intValue != null && $Object.hasOwnProperty.call(m, "intValue")) {
                            if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                d.intValue = typeof m.intValue === "number" ? $BigInt(m.intValue) : $util.Long.fromBits(m.intValue.low >>> 0, m.intValue.high >>> 0, false).toBigInt();
                            else if (typeof m.intValue === "number")
                                d.intValue = o.longs === $String ? $String(m.intValue) : m.intValue;
                            else
                                d.intValue = o.longs === $String ? $util.Long.prototype.toString.call(m.intValue) : o.longs === $Number ? new $util.LongBits(m.intValue.low >>> 0, m.intValue.high >>> 0).toNumber() : m.intValue;
                            if (o.oneofs)
                                d.value = "intValue";
                        }
                        if (m.doubleValue != null && $Object.hasOwnProperty.call(m, "doubleValue")) {
                            d.doubleValue = o.json && !$isFinite(m.doubleValue) ? $String(m.doubleValue) : m.doubleValue;
                            if (o.oneofs)
                                d.value = "doubleValue";
                        }
                        if (m.arrayValue != null && $Object.hasOwnProperty.call(m, "arrayValue")) {
                            d.arrayValue = $root.opentelemetry.proto.common.v1.ArrayValue.toObject(m.arrayValue, o, q + 1);
                            if (o.oneofs)
                                d.value = "arrayValue";
                        }
                        if (m.kvlistValue != null && $Object.hasOwnProperty.call(m, "kvlistValue")) {
                            d.kvlistValue = $root.opentelemetry.proto.common.v1.KeyValueList.toObject(m.kvlistValue, o, q + 1);
                            if (o.oneofs)
                                d.value = "kvlistValue";
                        }
                        if (m.bytesValue != null && $Object.hasOwnProperty.call(m, "bytesValue")) {
                            d.bytesValue = o.bytes === $String ? $util.base64.encode(m.bytesValue, 0, m.bytesValue.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.bytesValue) : m.bytesValue;
                            if (o.oneofs)
                                d.value = "bytesValue";
                        }
                        if (m.stringValueStrindex != null && $Object.hasOwnProperty.call(m, "stringValueStrindex")) {
                            d.stringValueStrindex = m.stringValueStrindex;
                            if (o.oneofs)
                                d.value = "stringValueStrindex";
                        }
                        return d;
                    };

                    AnyValue.prototype.toJSON = function() {
                        return AnyValue.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return AnyValue;
                })();

                v1.ArrayValue = (function() {

                    const ArrayValue = function (p) {
                        this.values = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ArrayValue.prototype.values = $util.emptyArray;

                    ArrayValue.create = function(properties) {
                        return new ArrayValue(properties);
                    };

                    ArrayValue.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.values != null && m.values.length) {
                            for (var i = 0; i < m.values.length; ++i)
                                $root.opentelemetry.proto.common.v1.AnyValue.encode(m.values[i], w.uint32(10).fork(), q + 1).ldelim();
                        }
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ArrayValue.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.common.v1.ArrayValue();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.values && m.values.length))
                                        m.values = [];
                                    m.values.push($root.opentelemetry.proto.common.v1.AnyValue.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ArrayValue.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.common.v1.ArrayValue)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.common.v1.ArrayValue: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.common.v1.ArrayValue();
                        if (d.values) {
                            if (!$Array.isArray(d.values))
                                throw $TypeError(".opentelemetry.proto.common.v1.ArrayValue.values: array expected");
                            m.values = $Array(d.values.length);
                            for (var i = 0; i < d.values.length; ++i) {
                                if (!$util.isObject(d.values[i]))
                                    throw $TypeError(".opentelemetry.proto.common.v1.ArrayValue.values: object expected");
                                m.values[i] = $root.opentelemetry.proto.common.v1.AnyValue.fromObject(d.values[i], q + 1);
                            }
                        }
                        return m;
                    };

                    ArrayValue.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.values = [];
                        }
                        if (m.values && m.values.length) {
                            d.values = $Array(m.values.length);
                            for (var j = 0; j < m.values.length; ++j) {
                                d.values[j] = $root.opentelemetry.proto.common.v1.AnyValue.toObject(m.values[j], o, q + 1);
                            }
                        }
                        return d;
                    };

                    ArrayValue.prototype.toJSON = function() {
                        return ArrayValue.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ArrayValue;
                })();

                v1.KeyValueList = (function() {

                    const KeyValueList = function (p) {
                        this.values = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    KeyValueList.prototype.values = $util.emptyArray;

                    KeyValueList.create = function(properties) {
                        return new KeyValueList(properties);
                    };

                    KeyValueList.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.values != null && m.values.length) {
                            for (var i = 0; i < m.values.length; ++i)
                                $root.opentelemetry.proto.common.v1.KeyValue.encode(m.values[i], w.uint32(10).fork(), q + 1).ldelim();
                        }
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    KeyValueList.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.common.v1.KeyValueList();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.values && m.values.length))
                                        m.values = [];
                                    m.values.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    KeyValueList.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.common.v1.KeyValueList)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.common.v1.KeyValueList: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.common.v1.KeyValueList();
                        if (d.values) {
                            if (!$Array.isArray(d.values))
                                throw $TypeError(".opentelemetry.proto.common.v1.KeyValueList.values: array expected");
                            m.values = $Array(d.values.length);
                            for (var i = 0; i < d.values.length; ++i) {
                                if (!$util.isObject(d.values[i]))
                                    throw $TypeError(".opentelemetry.proto.common.v1.KeyValueList.values: object expected");
                                m.values[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.values[i], q + 1);
                            }
                        }
                        return m;
                    };

                    KeyValueList.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.values = [];
                        }
                        if (m.values && m.values.length) {
                            d.values = $Array(m.values.length);
                            for (var j = 0; j < m.values.length; ++j) {
                                d.values[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.values[j], o, q + 1);
                            }
                        }
                        return d;
                    };

                    KeyValueList.prototype.toJSON = function() {
                        return KeyValueList.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return KeyValueList;
                })();

                v1.KeyValue = (function() {

                    const KeyValue = function (p) {
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    KeyValue.prototype.key = "";
                    KeyValue.prototype.value = null;
                    KeyValue.prototype.keyStrindex = 0;

                    KeyValue.create = function(properties) {
                        return new KeyValue(properties);
                    };

                    KeyValue.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.key != null && $Object.hasOwnProperty.call(m, "key") && m.key !== "")
                            w.uint32(10).string(m.key);
                        if (m.value != null && $Object.hasOwnProperty.call(m, "value"))
                            $root.opentelemetry.proto.common.v1.AnyValue.encode(m.value, w.uint32(18).fork(), q + 1).ldelim();
                        if (m.keyStrindex != null && $Object.hasOwnProperty.call(m, "keyStrindex") && m.keyStrindex !== 0)
                            w.uint32(24).int32(m.keyStrindex);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    KeyValue.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.common.v1.KeyValue();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.key = v;
                                    else
                                        delete m.key;
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    m.value = $root.opentelemetry.proto.common.v1.AnyValue.decode(r, r.size(), $undefined, q + 1, m.value);
                                    continue;
                                }
                            case 3: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.int32())
                                        m.keyStrindex = v;
                                    else
                                        delete m.keyStrindex;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    KeyValue.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.common.v1.KeyValue)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.common.v1.KeyValue: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.common.v1.KeyValue();
                        if (d.key != null) {
                            if (typeof d.key !== "string" || d.key.length) {
                                m.key = $String(d.key);
                            }
                        }
                        if (d.value != null) {
                            if (!$util.isObject(d.value))
                                throw $TypeError(".opentelemetry.proto.common.v1.KeyValue.value: object expected");
                            m.value = $root.opentelemetry.proto.common.v1.AnyValue.fromObject(d.value, q + 1);
                        }
                        if (d.keyStrindex != null) {
                            if ($Number(d.keyStrindex) !== 0) {
                                m.keyStrindex = d.keyStrindex | 0;
                            }
                        }
                        return m;
                    };

                    KeyValue.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.defaults) {
                            d.key = "";
                            d.value = null;
                            d.keyStrindex = 0;
                        }
                        if (m.key != null && $Object.hasOwnProperty.call(m, "key")) {
                            d.key = m.key;
                        }
                        if (m.value != null && $Object.hasOwnProperty.call(m, "value")) {
                            d.value = $root.opentelemetry.proto.common.v1.AnyValue.toObject(m.value, o, q + 1);
                        }
                        if (m.keyStrindex != null && $Object.hasOwnProperty.call(m, "keyStrindex")) {
                            d.keyStrindex = m.keyStrindex;
                        }
                        return d;
                    };

                    KeyValue.prototype.toJSON = function() {
                        return KeyValue.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return KeyValue;
                })();

                v1.InstrumentationScope = (function() {

                    const InstrumentationScope = function (p) {
                        this.attributes = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    InstrumentationScope.prototype.name = "";
                    InstrumentationScope.prototype.version = "";
                    InstrumentationScope.prototype.attributes = $util.emptyArray;
                    InstrumentationScope.prototype.droppedAttributesCount = 0;

                    InstrumentationScope.create = function(properties) {
                        return new InstrumentationScope(properties);
                    };

                    InstrumentationScope.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.name != null && $Object.hasOwnProperty.call(m, "name") && m.name !== "")
                            w.uint32(10).string(m.name);
                        if (m.version != null && $Object.hasOwnProperty.call(m, "version") && m.version !== "")
                            w.uint32(18).string(m.version);
                        if (m.attributes != null && m.attributes.length) {
                            for (var i = 0; i < m.attributes.length; ++i)
                                $root.opentelemetry.proto.common.v1.KeyValue.encode(m.attributes[i], w.uint32(26).fork(), q + 1).ldelim();
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount") && m.droppedAttributesCount !== 0)
                            w.uint32(32).uint32(m.droppedAttributesCount);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    InstrumentationScope.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.common.v1.InstrumentationScope();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.name = v;
                                    else
                                        delete m.name;
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.version = v;
                                    else
                                        delete m.version;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.attributes && m.attributes.length))
                                        m.attributes = [];
                                    m.attributes.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 4: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.uint32())
                                        m.droppedAttributesCount = v;
                                    else
                                        delete m.droppedAttributesCount;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    InstrumentationScope.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.common.v1.InstrumentationScope)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.common.v1.InstrumentationScope: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.common.v1.InstrumentationScope();
                        if (d.name != null) {
                            if (typeof d.name !== "string" || d.name.length) {
                                m.name = $String(d.name);
                            }
                        }
                        if (d.version != null) {
                            if (typeof d.version !== "string" || d.version.length) {
                                m.version = $String(d.version);
                            }
                        }
                        if (d.attributes) {
                            if (!$Array.isArray(d.attributes))
                                throw $TypeError(".opentelemetry.proto.common.v1.InstrumentationScope.attributes: array expected");
                            m.attributes = $Array(d.attributes.length);
                            for (var i = 0; i < d.attributes.length; ++i) {
                                if (!$util.isObject(d.attributes[i]))
                                    throw $TypeError(".opentelemetry.proto.common.v1.InstrumentationScope.attributes: object expected");
                                m.attributes[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.attributes[i], q + 1);
                            }
                        }
                        if (d.droppedAttributesCount != null) {
                            if ($Number(d.droppedAttributesCount) !== 0) {
                                m.droppedAttributesCount = d.droppedAttributesCount >>> 0;
                            }
                        }
                        return m;
                    };

                    InstrumentationScope.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.attributes = [];
                        }
                        if (o.defaults) {
                            d.name = "";
                            d.version = "";
                            d.droppedAttributesCount = 0;
                        }
                        if (m.name != null && $Object.hasOwnProperty.call(m, "name")) {
                            d.name = m.name;
                        }
                        if (m.version != null && $Object.hasOwnProperty.call(m, "version")) {
                            d.version = m.version;
                        }
                        if (m.attributes && m.attributes.length) {
                            d.attributes = $Array(m.attributes.length);
                            for (var j = 0; j < m.attributes.length; ++j) {
                                d.attributes[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.attributes[j], o, q + 1);
                            }
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount")) {
                            d.droppedAttributesCount = m.droppedAttributesCount;
                        }
                        return d;
                    };

                    InstrumentationScope.prototype.toJSON = function() {
                        return InstrumentationScope.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return InstrumentationScope;
                })();

                v1.EntityRef = (function() {

                    const EntityRef = function (p) {
                        this.idKeys = [];
                        this.descriptionKeys = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    EntityRef.prototype.schemaUrl = "";
                    EntityRef.prototype.type = "";
                    EntityRef.prototype.idKeys = $util.emptyArray;
                    EntityRef.prototype.descriptionKeys = $util.emptyArray;

                    EntityRef.create = function(properties) {
                        return new EntityRef(properties);
                    };

                    EntityRef.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(10).string(m.schemaUrl);
                        if (m.type != null && $Object.hasOwnProperty.call(m, "type") && m.type !== "")
                            w.uint32(18).string(m.type);
                        if (m.idKeys != null && m.idKeys.length) {
                            for (var i = 0; i < m.idKeys.length; ++i)
                                w.uint32(26).string(m.idKeys[i]);
                        }
                        if (m.descriptionKeys != null && m.descriptionKeys.length) {
                            for (var i = 0; i < m.descriptionKeys.length; ++i)
                                w.uint32(34).string(m.descriptionKeys[i]);
                        }
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    EntityRef.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.common.v1.EntityRef();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.type = v;
                                    else
                                        delete m.type;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.idKeys && m.idKeys.length))
                                        m.idKeys = [];
                                    m.idKeys.push(r.stringVerify());
                                    continue;
                                }
                            case 4: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.descriptionKeys && m.descriptionKeys.length))
                                        m.descriptionKeys = [];
                                    m.descriptionKeys.push(r.stringVerify());
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    EntityRef.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.common.v1.EntityRef)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.common.v1.EntityRef: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.common.v1.EntityRef();
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        if (d.type != null) {
                            if (typeof d.type !== "string" || d.type.length) {
                                m.type = $String(d.type);
                            }
                        }
                        if (d.idKeys) {
                            if (!$Array.isArray(d.idKeys))
                                throw $TypeError(".opentelemetry.proto.common.v1.EntityRef.idKeys: array expected");
                            m.idKeys = $Array(d.idKeys.length);
                            for (var i = 0; i < d.idKeys.length; ++i) {
                                m.idKeys[i] = $String(d.idKeys[i]);
                            }
                        }
                        if (d.descriptionKeys) {
                            if (!$Array.isArray(d.descriptionKeys))
                                throw $TypeError(".opentelemetry.proto.common.v1.EntityRef.descriptionKeys: array expected");
                            m.descriptionKeys = $Array(d.descriptionKeys.length);
                            for (var i = 0; i < d.descriptionKeys.length; ++i) {
                                m.descriptionKeys[i] = $String(d.descriptionKeys[i]);
                            }
                        }
                        return m;
                    };

                    EntityRef.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.idKeys = [];
                            d.descriptionKeys = [];
                        }
                        if (o.defaults) {
                            d.schemaUrl = "";
                            d.type = "";
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        if (m.type != null && $Object.hasOwnProperty.call(m, "type")) {
                            d.type = m.type;
                        }
                        if (m.idKeys && m.idKeys.length) {
                            d.idKeys = $Array(m.idKeys.length);
                            for (var j = 0; j < m.idKeys.length; ++j) {
                                d.idKeys[j] = m.idKeys[j];
                            }
                        }
                        if (m.descriptionKeys && m.descriptionKeys.length) {
                            d.descriptionKeys = $Array(m.descriptionKeys.length);
                            for (var j = 0; j < m.descriptionKeys.length; ++j) {
                                d.descriptionKeys[j] = m.descriptionKeys[j];
                            }
                        }
                        return d;
                    };

                    EntityRef.prototype.toJSON = function() {
                        return EntityRef.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return EntityRef;
                })();

                return v1;
            })();

            return common;
        })();

        proto.resource = (function() {

            const resource = {};

            resource.v1 = (function() {

                const v1 = {};

                v1.Resource = (function() {

                    const Resource = function (p) {
                        this.attributes = [];
                        this.entityRefs = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    Resource.prototype.attributes = $util.emptyArray;
                    Resource.prototype.droppedAttributesCount = 0;
                    Resource.prototype.entityRefs = $util.emptyArray;

                    Resource.create = function(properties) {
                        return new Resource(properties);
                    };

                    Resource.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.attributes != null && m.attributes.length) {
                            for (var i = 0; i < m.attributes.length; ++i)
                                $root.opentelemetry.proto.common.v1.KeyValue.encode(m.attributes[i], w.uint32(10).fork(), q + 1).ldelim();
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount") && m.droppedAttributesCount !== 0)
                            w.uint32(16).uint32(m.droppedAttributesCount);
                        if (m.entityRefs != null && m.entityRefs.length) {
                            for (var i = 0; i < m.entityRefs.length; ++i)
                                $root.opentelemetry.proto.common.v1.EntityRef.encode(m.entityRefs[i], w.uint32(26).fork(), q + 1).ldelim();
                        }
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    Resource.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.resource.v1.Resource();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.attributes && m.attributes.length))
                                        m.attributes = [];
                                    m.attributes.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 2: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.uint32())
                                        m.droppedAttributesCount = v;
                                    else
                                        delete m.droppedAttributesCount;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.entityRefs && m.entityRefs.length))
                                        m.entityRefs = [];
                                    m.entityRefs.push($root.opentelemetry.proto.common.v1.EntityRef.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    Resource.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.resource.v1.Resource)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.resource.v1.Resource: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.resource.v1.Resource();
                        if (d.attributes) {
                            if (!$Array.isArray(d.attributes))
                                throw $TypeError(".opentelemetry.proto.resource.v1.Resource.attributes: array expected");
                            m.attributes = $Array(d.attributes.length);
                            for (var i = 0; i < d.attributes.length; ++i) {
                                if (!$util.isObject(d.attributes[i]))
                                    throw $TypeError(".opentelemetry.proto.resource.v1.Resource.attributes: object expected");
                                m.attributes[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.attributes[i], q + 1);
                            }
                        }
                        if (d.droppedAttributesCount != null) {
                            if ($Number(d.droppedAttributesCount) !== 0) {
                                m.droppedAttributesCount = d.droppedAttributesCount >>> 0;
                            }
                        }
                        if (d.entityRefs) {
                            if (!$Array.isArray(d.entityRefs))
                                throw $TypeError(".opentelemetry.proto.resource.v1.Resource.entityRefs: array expected");
                            m.entityRefs = $Array(d.entityRefs.length);
                            for (var i = 0; i < d.entityRefs.length; ++i) {
                                if (!$util.isObject(d.entityRefs[i]))
                                    throw $TypeError(".opentelemetry.proto.resource.v1.Resource.entityRefs: object expected");
                                m.entityRefs[i] = $root.opentelemetry.proto.common.v1.EntityRef.fromObject(d.entityRefs[i], q + 1);
                            }
                        }
                        return m;
                    };

                    Resource.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.attributes = [];
                            d.entityRefs = [];
                        }
                        if (o.defaults) {
                            d.droppedAttributesCount = 0;
                        }
                        if (m.attributes && m.attributes.length) {
                            d.attributes = $Array(m.attributes.length);
                            for (var j = 0; j < m.attributes.length; ++j) {
                                d.attributes[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.attributes[j], o, q + 1);
                            }
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount")) {
                            d.droppedAttributesCount = m.droppedAttributesCount;
                        }
                        if (m.entityRefs && m.entityRefs.length) {
                            d.entityRefs = $Array(m.entityRefs.length);
                            for (var j = 0; j < m.entityRefs.length; ++j) {
                                d.entityRefs[j] = $root.opentelemetry.proto.common.v1.EntityRef.toObject(m.entityRefs[j], o, q + 1);
                            }
                        }
                        return d;
                    };

                    Resource.prototype.toJSON = function() {
                        return Resource.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return Resource;
                })();

                return v1;
            })();

            return resource;
        })();

        proto.logs = (function() {

            const logs = {};

            logs.v1 = (function() {

                const v1 = {};

                v1.LogsData = (function() {

                    const LogsData = function (p) {
                        this.resourceLogs = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    LogsData.prototype.resourceLogs = $util.emptyArray;

                    LogsData.create = function(properties) {
                        return new LogsData(properties);
                    };

                    LogsData.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.resourceLogs != null && m.resourceLogs.length) {
                            for (var i = 0; i < m.resourceLogs.length; ++i)
                                $root.opentelemetry.proto.logs.v1.ResourceLogs.encode(m.resourceLogs[i], w.uint32(10).fork(), q + 1).ldelim();
                        }
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    LogsData.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.logs.v1.LogsData();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.resourceLogs && m.resourceLogs.length))
                                        m.resourceLogs = [];
                                    m.resourceLogs.push($root.opentelemetry.proto.logs.v1.ResourceLogs.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    LogsData.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.logs.v1.LogsData)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.logs.v1.LogsData: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.logs.v1.LogsData();
                        if (d.resourceLogs) {
                            if (!$Array.isArray(d.resourceLogs))
                                throw $TypeError(".opentelemetry.proto.logs.v1.LogsData.resourceLogs: array expected");
                            m.resourceLogs = $Array(d.resourceLogs.length);
                            for (var i = 0; i < d.resourceLogs.length; ++i) {
                                if (!$util.isObject(d.resourceLogs[i]))
                                    throw $TypeError(".opentelemetry.proto.logs.v1.LogsData.resourceLogs: object expected");
                                m.resourceLogs[i] = $root.opentelemetry.proto.logs.v1.ResourceLogs.fromObject(d.resourceLogs[i], q + 1);
                            }
                        }
                        return m;
                    };

                    LogsData.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.resourceLogs = [];
                        }
                        if (m.resourceLogs && m.resourceLogs.length) {
                            d.resourceLogs = $Array(m.resourceLogs.length);
                            for (var j = 0; j < m.resourceLogs.length; ++j) {
                                d.resourceLogs[j] = $root.opentelemetry.proto.logs.v1.ResourceLogs.toObject(m.resourceLogs[j], o, q + 1);
                            }
                        }
                        return d;
                    };

                    LogsData.prototype.toJSON = function() {
                        return LogsData.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return LogsData;
                })();

                v1.ResourceLogs = (function() {

                    const ResourceLogs = function (p) {
                        this.scopeLogs = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ResourceLogs.prototype.resource = null;
                    ResourceLogs.prototype.scopeLogs = $util.emptyArray;
                    ResourceLogs.prototype.schemaUrl = "";

                    ResourceLogs.create = function(properties) {
                        return new ResourceLogs(properties);
                    };

                    ResourceLogs.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.resource != null && $Object.hasOwnProperty.call(m, "resource"))
                            $root.opentelemetry.proto.resource.v1.Resource.encode(m.resource, w.uint32(10).fork(), q + 1).ldelim();
                        if (m.scopeLogs != null && m.scopeLogs.length) {
                            for (var i = 0; i < m.scopeLogs.length; ++i)
                                $root.opentelemetry.proto.logs.v1.ScopeLogs.encode(m.scopeLogs[i], w.uint32(18).fork(), q + 1).ldelim();
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(26).string(m.schemaUrl);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ResourceLogs.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.logs.v1.ResourceLogs();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.resource = $root.opentelemetry.proto.resource.v1.Resource.decode(r, r.size(), $undefined, q + 1, m.resource);
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.scopeLogs && m.scopeLogs.length))
                                        m.scopeLogs = [];
                                    m.scopeLogs.push($root.opentelemetry.proto.logs.v1.ScopeLogs.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ResourceLogs.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.logs.v1.ResourceLogs)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.logs.v1.ResourceLogs: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.logs.v1.ResourceLogs();
                        if (d.resource != null) {
                            if (!$util.isObject(d.resource))
                                throw $TypeError(".opentelemetry.proto.logs.v1.ResourceLogs.resource: object expected");
                            m.resource = $root.opentelemetry.proto.resource.v1.Resource.fromObject(d.resource, q + 1);
                        }
                        if (d.scopeLogs) {
                            if (!$Array.isArray(d.scopeLogs))
                                throw $TypeError(".opentelemetry.proto.logs.v1.ResourceLogs.scopeLogs: array expected");
                            m.scopeLogs = $Array(d.scopeLogs.length);
                            for (var i = 0; i < d.scopeLogs.length; ++i) {
                                if (!$util.isObject(d.scopeLogs[i]))
                                    throw $TypeError(".opentelemetry.proto.logs.v1.ResourceLogs.scopeLogs: object expected");
                                m.scopeLogs[i] = $root.opentelemetry.proto.logs.v1.ScopeLogs.fromObject(d.scopeLogs[i], q + 1);
                            }
                        }
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        return m;
                    };

                    ResourceLogs.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.scopeLogs = [];
                        }
                        if (o.defaults) {
                            d.resource = null;
                            d.schemaUrl = "";
                        }
                        if (m.resource != null && $Object.hasOwnProperty.call(m, "resource")) {
                            d.resource = $root.opentelemetry.proto.resource.v1.Resource.toObject(m.resource, o, q + 1);
                        }
                        if (m.scopeLogs && m.scopeLogs.length) {
                            d.scopeLogs = $Array(m.scopeLogs.length);
                            for (var j = 0; j < m.scopeLogs.length; ++j) {
                                d.scopeLogs[j] = $root.opentelemetry.proto.logs.v1.ScopeLogs.toObject(m.scopeLogs[j], o, q + 1);
                            }
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        return d;
                    };

                    ResourceLogs.prototype.toJSON = function() {
                        return ResourceLogs.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ResourceLogs;
                })();

                v1.ScopeLogs = (function() {

                    const ScopeLogs = function (p) {
                        this.logRecords = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ScopeLogs.prototype.scope = null;
                    ScopeLogs.prototype.logRecords = $util.emptyArray;
                    ScopeLogs.prototype.schemaUrl = "";

                    ScopeLogs.create = function(properties) {
                        return new ScopeLogs(properties);
                    };

                    ScopeLogs.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.scope != null && $Object.hasOwnProperty.call(m, "scope"))
                            $root.opentelemetry.proto.common.v1.InstrumentationScope.encode(m.scope, w.uint32(10).fork(), q + 1).ldelim();
                        if (m.logRecords != null && m.logRecords.length) {
                            for (var i = 0; i < m.logRecords.length; ++i)
                                $root.opentelemetry.proto.logs.v1.LogRecord.encode(m.logRecords[i], w.uint32(18).fork(), q + 1).ldelim();
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(26).string(m.schemaUrl);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ScopeLogs.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.logs.v1.ScopeLogs();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.decode(r, r.size(), $undefined, q + 1, m.scope);
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.logRecords && m.logRecords.length))
                                        m.logRecords = [];
                                    m.logRecords.push($root.opentelemetry.proto.logs.v1.LogRecord.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ScopeLogs.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.logs.v1.ScopeLogs)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.logs.v1.ScopeLogs: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.logs.v1.ScopeLogs();
                        if (d.scope != null) {
                            if (!$util.isObject(d.scope))
                                throw $TypeError(".opentelemetry.proto.logs.v1.ScopeLogs.scope: object expected");
                            m.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.fromObject(d.scope, q + 1);
                        }
                        if (d.logRecords) {
                            if (!$Array.isArray(d.logRecords))
                                throw $TypeError(".opentelemetry.proto.logs.v1.ScopeLogs.logRecords: array expected");
                            m.logRecords = $Array(d.logRecords.length);
                            for (var i = 0; i < d.logRecords.length; ++i) {
                                if (!$util.isObject(d.logRecords[i]))
                                    throw $TypeError(".opentelemetry.proto.logs.v1.ScopeLogs.logRecords: object expected");
                                m.logRecords[i] = $root.opentelemetry.proto.logs.v1.LogRecord.fromObject(d.logRecords[i], q + 1);
                            }
                        }
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        return m;
                    };

                    ScopeLogs.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.logRecords = [];
                        }
                        if (o.defaults) {
                            d.scope = null;
                            d.schemaUrl = "";
                        }
                        if (m.scope != null && $Object.hasOwnProperty.call(m, "scope")) {
                            d.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.toObject(m.scope, o, q + 1);
                        }
                        if (m.logRecords && m.logRecords.length) {
                            d.logRecords = $Array(m.logRecords.length);
                            for (var j = 0; j < m.logRecords.length; ++j) {
                                d.logRecords[j] = $root.opentelemetry.proto.logs.v1.LogRecord.toObject(m.logRecords[j], o, q + 1);
                            }
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        return d;
                    };

                    ScopeLogs.prototype.toJSON = function() {
                        return ScopeLogs.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ScopeLogs;
                })();

                v1.SeverityNumber = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "SEVERITY_NUMBER_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "SEVERITY_NUMBER_TRACE"] = 1;
                    values[valuesById[2] = "SEVERITY_NUMBER_TRACE2"] = 2;
                    values[valuesById[3] = "SEVERITY_NUMBER_TRACE3"] = 3;
                    values[valuesById[4] = "SEVERITY_NUMBER_TRACE4"] = 4;
                    values[valuesById[5] = "SEVERITY_NUMBER_DEBUG"] = 5;
                    values[valuesById[6] = "SEVERITY_NUMBER_DEBUG2"] = 6;
                    values[valuesById[7] = "SEVERITY_NUMBER_DEBUG3"] = 7;
                    values[valuesById[8] = "SEVERITY_NUMBER_DEBUG4"] = 8;
                    values[valuesById[9] = "SEVERITY_NUMBER_INFO"] = 9;
                    values[valuesById[10] = "SEVERITY_NUMBER_INFO2"] = 10;
                    values[valuesById[11] = "SEVERITY_NUMBER_INFO3"] = 11;
                    values[valuesById[12] = "SEVERITY_NUMBER_INFO4"] = 12;
                    values[valuesById[13] = "SEVERITY_NUMBER_WARN"] = 13;
                    values[valuesById[14] = "SEVERITY_NUMBER_WARN2"] = 14;
                    values[valuesById[15] = "SEVERITY_NUMBER_WARN3"] = 15;
                    values[valuesById[16] = "SEVERITY_NUMBER_WARN4"] = 16;
                    values[valuesById[17] = "SEVERITY_NUMBER_ERROR"] = 17;
                    values[valuesById[18] = "SEVERITY_NUMBER_ERROR2"] = 18;
                    values[valuesById[19] = "SEVERITY_NUMBER_ERROR3"] = 19;
                    values[valuesById[20] = "SEVERITY_NUMBER_ERROR4"] = 20;
                    values[valuesById[21] = "SEVERITY_NUMBER_FATAL"] = 21;
                    values[valuesById[22] = "SEVERITY_NUMBER_FATAL2"] = 22;
                    values[valuesById[23] = "SEVERITY_NUMBER_FATAL3"] = 23;
                    values[valuesById[24] = "SEVERITY_NUMBER_FATAL4"] = 24;
                    return values;
                })();

                v1.LogRecordFlags = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "LOG_RECORD_FLAGS_DO_NOT_USE"] = 0;
                    values[valuesById[255] = "LOG_RECORD_FLAGS_TRACE_FLAGS_MASK"] = 255;
                    return values;
                })();

                v1.LogRecord = (function() {

                    const LogRecord = function (p) {
                        this.attributes = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    LogRecord.prototype.timeUnixNano = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                    LogRecord.prototype.observedTimeUnixNano = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                    LogRecord.prototype.severityNumber = 0;
                    LogRecord.prototype.severityText = "";
                    LogRecord.prototype.body = null;
                    LogRecord.prototype.attributes = $util.emptyArray;
                    LogRecord.prototype.droppedAttributesCount = 0;
                    LogRecord.prototype.flags = 0;
                    LogRecord.prototype.traceId = $util.newBuffer([]);
                    LogRecord.prototype.spanId = $util.newBuffer([]);
                    LogRecord.prototype.eventName = "";

                    LogRecord.create = function(properties) {
                        return new LogRecord(properties);
                    };

                    LogRecord.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.timeUnixNano != null && $Object.hasOwnProperty.call(m, "timeUnixNano") && (typeof m.timeUnixNano === "object" ? m.timeUnixNano.low || m.timeUnixNano.high : m.timeUnixNano !== 0))
                            w.uint32(9).fixed64(m.timeUnixNano);
                        if (m.severityNumber != null && $Object.hasOwnProperty.call(m, "severityNumber") && m.severityNumber !== 0)
                            w.uint32(16).int32(m.severityNumber);
                        if (m.severityText != null && $Object.hasOwnProperty.call(m, "severityText") && m.severityText !== "")
                            w.uint32(26).string(m.severityText);
                        if (m.body != null && $Object.hasOwnProperty.call(m, "body"))
                            $root.opentelemetry.proto.common.v1.AnyValue.encode(m.body, w.uint32(42).fork(), q + 1).ldelim();
                        if (m.attributes != null && m.attributes.length) {
                            for (var i = 0; i < m.attributes.length; ++i)
                                $root.opentelemetry.proto.common.v1.KeyValue.encode(m.attributes[i], w.uint32(50).fork(), q + 1).ldelim();
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount") && m.droppedAttributesCount !== 0)
                            w.uint32(56).uint32(m.droppedAttributesCount);
                        if (m.flags != null && $Object.hasOwnProperty.call(m, "flags") && m.flags !== 0)
                            w.uint32(69).fixed32(m.flags);
                        if (m.traceId != null && $Object.hasOwnProperty.call(m, "traceId") && m.traceId.length)
                            w.uint32(74).bytes(m.traceId);
                        if (m.spanId != null && $Object.hasOwnProperty.call(m, "spanId") && m.spanId.length)
                            w.uint32(82).bytes(m.spanId);
                        if (m.observedTimeUnixNano != null && $Object.hasOwnProperty.call(m, "observedTimeUnixNano") && (typeof m.observedTimeUnixNano === "object" ? m.observedTimeUnixNano.low || m.observedTimeUnixNano.high : m.observedTimeUnixNano !== 0))
                            w.uint32(89).fixed64(m.observedTimeUnixNano);
                        if (m.eventName != null && $Object.hasOwnProperty.call(m, "eventName") && m.eventName !== "")
                            w.uint32(98).string(m.eventName);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    LogRecord.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.logs.v1.LogRecord();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 1)
                                        break;
                                    if (typeof (v = r.fixed64()) === "object" ? v.low || v.high : v !== 0)
                                        m.timeUnixNano = v;
                                    else
                                        delete m.timeUnixNano;
                                    continue;
                                }
                            case 11: {
                                    if (u !== 1)
                                        break;
                                    if (typeof (v = r.fixed64()) === "object" ? v.low || v.high : v !== 0)
                                        m.observedTimeUnixNano = v;
                                    else
                                        delete m.observedTimeUnixNano;
                                    continue;
                                }
                            case 2: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.int32())
                                        m.severityNumber = v;
                                    else
                                        delete m.severityNumber;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.severityText = v;
                                    else
                                        delete m.severityText;
                                    continue;
                                }
                            case 5: {
                                    if (u !== 2)
                                        break;
                                    m.body = $root.opentelemetry.proto.common.v1.AnyValue.decode(r, r.size(), $undefined, q + 1, m.body);
                                    continue;
                                }
                            case 6: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.attributes && m.attributes.length))
                                        m.attributes = [];
                                    m.attributes.push($root.opentelemetry.proto.common.v1.KeyValue.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 7: {
                                    if (u !== 0)
                                        break;
                                    if (v = r.uint32())
                                        m.droppedAttributesCount = v;
                                    else
                                        delete m.droppedAttributesCount;
                                    continue;
                                }
                            case 8: {
                                    if (u !== 5)
                                        break;
                                    if (v = r.fixed32())
                                        m.flags = v;
                                    else
                                        delete m.flags;
                                    continue;
                                }
                            case 9: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.bytes()).length)
                                        m.traceId = v;
                                    else
                                        delete m.traceId;
                                    continue;
                                }
                            case 10: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.bytes()).length)
                                        m.spanId = v;
                                    else
                                        delete m.spanId;
                                    continue;
                                }
                            case 12: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.eventName = v;
                                    else
                                        delete m.eventName;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    LogRecord.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.logs.v1.LogRecord)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.logs.v1.LogRecord: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.logs.v1.LogRecord();
                        if (d.timeUnixNano != null) {
                            if (typeof d.timeUnixNano === "object" ? d.timeUnixNano.low || d.timeUnixNano.high : $Number(d.timeUnixNano) !== 0) {
                                if ($util.Long)
                                    m.timeUnixNano = $util.Long.fromValue(d.timeUnixNano, true);
                                else if (typeof d.timeUnixNano === "string")
                                    m.timeUnixNano = $parseInt(d.timeUnixNano, 10);
                                else if (typeof d.timeUnixNano === "number")
                                    m.timeUnixNano = d.timeUnixNano;
                                else if (typeof d.timeUnixNano === "object")
                                    m.timeUnixNano = new $util.LongBits(d.timeUnixNano.low >>> 0, d.timeUnixNano.high >>> 0).toNumber(true);
                            }
                        }
                        if (d.observedTimeUnixNano != null) {
                            if (typeof d.observedTimeUnixNano === "object" ? d.observedTimeUnixNano.low || d.observedTimeUnixNano.high : $Number(d.observedTimeUnixNano) !== 0) {
                                if ($util.Long)
                                    m.observedTimeUnixNano = $util.Long.fromValue(d.observedTimeUnixNano, true);
                                else if (typeof d.observedTimeUnixNano === "string")
                                    m.observedTimeUnixNano = $parseInt(d.observedTimeUnixNano, 10);
                                else if (typeof d.observedTimeUnixNano === "number")
                                    m.observedTimeUnixNano = d.observedTimeUnixNano;
                                else if (typeof d.observedTimeUnixNano === "object")
                                    m.observedTimeUnixNano = new $util.LongBits(d.observedTimeUnixNano.low >>> 0, d.observedTimeUnixNano.high >>> 0).toNumber(true);
                            }
                        }
                        if (d.severityNumber !== 0 && (typeof d.severityNumber !== "string" || $root.opentelemetry.proto.logs.v1.SeverityNumber[d.severityNumber] !== 0)) {
                            switch (d.severityNumber) {
                            case "SEVERITY_NUMBER_UNSPECIFIED":
                            case 0:
                                m.severityNumber = 0;
                                break;
                            case "SEVERITY_NUMBER_TRACE":
                            case 1:
                                m.severityNumber = 1;
                                break;
                            case "SEVERITY_NUMBER_TRACE2":
                            case 2:
                                m.severityNumber = 2;
                                break;
                            case "SEVERITY_NUMBER_TRACE3":
                            case 3:
                                m.severityNumber = 3;
                                break;
                            case "SEVERITY_NUMBER_TRACE4":
                            case 4:
                                m.severityNumber = 4;
                                break;
                            case "SEVERITY_NUMBER_DEBUG":
                            case 5:
                                m.severityNumber = 5;
                                break;
                            case "SEVERITY_NUMBER_DEBUG2":
                            case 6:
                                m.severityNumber = 6;
                                break;
                            case "SEVERITY_NUMBER_DEBUG3":
                            case 7:
                                m.severityNumber = 7;
                                break;
                            case "SEVERITY_NUMBER_DEBUG4":
                            case 8:
                                m.severityNumber = 8;
                                break;
                            case "SEVERITY_NUMBER_INFO":
                            case 9:
                                m.severityNumber = 9;
                                break;
                            case "SEVERITY_NUMBER_INFO2":
                            case 10:
                                m.severityNumber = 10;
                                break;
                            case "SEVERITY_NUMBER_INFO3":
                            case 11:
                                m.severityNumber = 11;
                                break;
                            case "SEVERITY_NUMBER_INFO4":
                            case 12:
                                m.severityNumber = 12;
                                break;
                            case "SEVERITY_NUMBER_WARN":
                            case 13:
                                m.severityNumber = 13;
                                break;
                            case "SEVERITY_NUMBER_WARN2":
                            case 14:
                                m.severityNumber = 14;
                                break;
                            case "SEVERITY_NUMBER_WARN3":
                            case 15:
                                m.severityNumber = 15;
                                break;
                            case "SEVERITY_NUMBER_WARN4":
                            case 16:
                                m.severityNumber = 16;
                                break;
                            case "SEVERITY_NUMBER_ERROR":
                            case 17:
                                m.severityNumber = 17;
                                break;
                            case "SEVERITY_NUMBER_ERROR2":
                            case 18:
                                m.severityNumber = 18;
                                break;
                            case "SEVERITY_NUMBER_ERROR3":
                            case 19:
                                m.severityNumber = 19;
                                break;
                            case "SEVERITY_NUMBER_ERROR4":
                            case 20:
                                m.severityNumber = 20;
                                break;
                            case "SEVERITY_NUMBER_FATAL":
                            case 21:
                                m.severityNumber = 21;
                                break;
                            case "SEVERITY_NUMBER_FATAL2":
                            case 22:
                                m.severityNumber = 22;
                                break;
                            case "SEVERITY_NUMBER_FATAL3":
                            case 23:
                                m.severityNumber = 23;
                                break;
                            case "SEVERITY_NUMBER_FATAL4":
                            case 24:
                                m.severityNumber = 24;
                                break;
                            default:
                                if (typeof d.severityNumber === "number" && (d.severityNumber | 0) === d.severityNumber)
                                    m.severityNumber = d.severityNumber;
                            }
                        }
                        if (d.severityText != null) {
                            if (typeof d.severityText !== "string" || d.severityText.length) {
                                m.severityText = $String(d.severityText);
                            }
                        }
                        if (d.body != null) {
                            if (!$util.isObject(d.body))
                                throw $TypeError(".opentelemetry.proto.logs.v1.LogRecord.body: object expected");
                            m.body = $root.opentelemetry.proto.common.v1.AnyValue.fromObject(d.body, q + 1);
                        }
                        if (d.attributes) {
                            if (!$Array.isArray(d.attributes))
                                throw $TypeError(".opentelemetry.proto.logs.v1.LogRecord.attributes: array expected");
                            m.attributes = $Array(d.attributes.length);
                            for (var i = 0; i < d.attributes.length; ++i) {
                                if (!$util.isObject(d.attributes[i]))
                                    throw $TypeError(".opentelemetry.proto.logs.v1.LogRecord.attributes: object expected");
                                m.attributes[i] = $root.opentelemetry.proto.common.v1.KeyValue.fromObject(d.attributes[i], q + 1);
                            }
                        }
                        if (d.droppedAttributesCount != null) {
                            if ($Number(d.droppedAttributesCount) !== 0) {
                                m.droppedAttributesCount = d.droppedAttributesCount >>> 0;
                            }
                        }
                        if (d.flags != null) {
                            if ($Number(d.flags) !== 0) {
                                m.flags = d.flags >>> 0;
                            }
                        }
                        if (d.traceId != null) {
                            if (d.traceId.length) {
                                if (typeof d.traceId === "string")
                                    $util.base64.decode(d.traceId, m.traceId = $util.newBuffer($util.base64.length(d.traceId)), 0);
                                else if (d.traceId.length >= 0)
                                    m.traceId = d.traceId;
                            }
                        }
                        if (d.spanId != null) {
                            if (d.spanId.length) {
                                if (typeof d.spanId === "string")
                                    $util.base64.decode(d.spanId, m.spanId = $util.newBuffer($util.base64.length(d.spanId)), 0);
                                else if (d.spanId.length >= 0)
                                    m.spanId = d.spanId;
                            }
                        }
                        if (d.eventName != null) {
                            if (typeof d.eventName !== "string" || d.eventName.length) {
                                m.eventName = $String(d.eventName);
                            }
                        }
                        return m;
                    };

                    LogRecord.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.attributes = [];
                        }
                        if (o.defaults) {
                            if ($util.Long) {
                                var n = new $util.Long(0, 0, true);
                                d.timeUnixNano = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                            } else
                                d.timeUnixNano = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                            d.severityNumber = o.enums === $String ? "SEVERITY_NUMBER_UNSPECIFIED" : 0;
                            d.severityText = "";
                            d.body = null;
                            d.droppedAttributesCount = 0;
                            d.flags = 0;
                            if (o.bytes === $String)
                                d.traceId = "";
                            else {
                                d.traceId = [];
                                if (o.bytes !== $Array)
                                    d.traceId = $util.newBuffer(d.traceId);
                            }
                            if (o.bytes === $String)
                                d.spanId = "";
                            else {
                                d.spanId = [];
                                if (o.bytes !== $Array)
                                    d.spanId = $util.newBuffer(d.spanId);
                            }
                            if ($util.Long) {
                                var n = new $util.Long(0, 0, true);
                                d.observedTimeUnixNano = o.longs === $String ? n.toString() : o.longs === $Number ? n.toNumber() : typeof $BigInt !== "undefined" && o.longs === $BigInt ? n.toBigInt() : n;
                            } else
                                d.observedTimeUnixNano = o.longs === $String ? "0" : typeof $BigInt !== "undefined" && o.longs === $BigInt ? $BigInt("0") : 0;
                            d.eventName = "";
                        }
                        if (m.timeUnixNano != null && $Object.hasOwnProperty.call(m, "timeUnixNano")) {
                            if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                d.timeUnixNano = typeof m.timeUnixNano === "number" ? $BigInt(m.timeUnixNano) : $util.Long.fromBits(m.timeUnixNano.low >>> 0, m.timeUnixNano.high >>> 0, true).toBigInt();
                            else if (typeof m.timeUnixNano === "number")
                                d.timeUnixNano = o.longs === $String ? $String(m.timeUnixNano) : m.timeUnixNano;
                            else
                                d.timeUnixNano = o.longs === $String ? $util.Long.prototype.toString.call(m.timeUnixNano) : o.longs === $Number ? new $util.LongBits(m.timeUnixNano.low >>> 0, m.timeUnixNano.high >>> 0).toNumber(true) : m.timeUnixNano;
                        }
                        if (m.severityNumber != null && $Object.hasOwnProperty.call(m, "severityNumber")) {
                            d.severityNumber = o.enums === $String ? $root.opentelemetry.proto.logs.v1.SeverityNumber[m.severityNumber] === $undefined ? m.severityNumber : $root.opentelemetry.proto.logs.v1.SeverityNumber[m.severityNumber] : m.severityNumber;
                        }
                        if (m.severityText != null && $Object.hasOwnProperty.call(m, "severityText")) {
                            d.severityText = m.severityText;
                        }
                        if (m.body != null && $Object.hasOwnProperty.call(m, "body")) {
                            d.body = $root.opentelemetry.proto.common.v1.AnyValue.toObject(m.body, o, q + 1);
                        }
                        if (m.attributes && m.attributes.length) {
                            d.attributes = $Array(m.attributes.length);
                            for (var j = 0; j < m.attributes.length; ++j) {
                                d.attributes[j] = $root.opentelemetry.proto.common.v1.KeyValue.toObject(m.attributes[j], o, q + 1);
                            }
                        }
                        if (m.droppedAttributesCount != null && $Object.hasOwnProperty.call(m, "droppedAttributesCount")) {
                            d.droppedAttributesCount = m.droppedAttributesCount;
                        }
                        if (m.flags != null && $Object.hasOwnProperty.call(m, "flags")) {
                            d.flags = m.flags;
                        }
                        if (m.traceId != null && $Object.hasOwnProperty.call(m, "traceId")) {
                            d.traceId = o.bytes === $String ? $util.base64.encode(m.traceId, 0, m.traceId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.traceId) : m.traceId;
                        }
                        if (m.spanId != null && $Object.hasOwnProperty.call(m, "spanId")) {
                            d.spanId = o.bytes === $String ? $util.base64.encode(m.spanId, 0, m.spanId.length) : o.bytes === $Array ? $Array.prototype.slice.call(m.spanId) : m.spanId;
                        }
                        if (m.observedTimeUnixNano != null && $Object.hasOwnProperty.call(m, "observedTimeUnixNano")) {
                            if (typeof $BigInt !== "undefined" && o.longs === $BigInt)
                                d.observedTimeUnixNano = typeof m.observedTimeUnixNano === "number" ? $BigInt(m.observedTimeUnixNano) : $util.Long.fromBits(m.observedTimeUnixNano.low >>> 0, m.observedTimeUnixNano.high >>> 0, true).toBigInt();
                            else if (typeof m.observedTimeUnixNano === "number")
                                d.observedTimeUnixNano = o.longs === $String ? $String(m.observedTimeUnixNano) : m.observedTimeUnixNano;
                            else
                                d.observedTimeUnixNano = o.longs === $String ? $util.Long.prototype.toString.call(m.observedTimeUnixNano) : o.longs === $Number ? new $util.LongBits(m.observedTimeUnixNano.low >>> 0, m.observedTimeUnixNano.high >>> 0).toNumber(true) : m.observedTimeUnixNano;
                        }
                        if (m.eventName != null && $Object.hasOwnProperty.call(m, "eventName")) {
                            d.eventName = m.eventName;
                        }
                        return d;
                    };

                    LogRecord.prototype.toJSON = function() {
                        return LogRecord.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return LogRecord;
                })();

                return v1;
            })();

            return logs;
        })();

        proto.metrics = (function() {

            const metrics = {};

            metrics.v1 = (function() {

                const v1 = {};

                v1.ResourceMetrics = (function() {

                    const ResourceMetrics = function (p) {
                        this.scopeMetrics = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ResourceMetrics.prototype.resource = null;
                    ResourceMetrics.prototype.scopeMetrics = $util.emptyArray;
                    ResourceMetrics.prototype.schemaUrl = "";

                    ResourceMetrics.create = function(properties) {
                        return new ResourceMetrics(properties);
                    };

                    ResourceMetrics.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.resource != null && $Object.hasOwnProperty.call(m, "resource"))
                            $root.opentelemetry.proto.resource.v1.Resource.encode(m.resource, w.uint32(10).fork(), q + 1).ldelim();
                        if (m.scopeMetrics != null && m.scopeMetrics.length) {
                            for (var i = 0; i < m.scopeMetrics.length; ++i)
                                $root.opentelemetry.proto.metrics.v1.ScopeMetrics.encode(m.scopeMetrics[i], w.uint32(18).fork(), q + 1).ldelim();
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(26).string(m.schemaUrl);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ResourceMetrics.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.metrics.v1.ResourceMetrics();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.resource = $root.opentelemetry.proto.resource.v1.Resource.decode(r, r.size(), $undefined, q + 1, m.resource);
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.scopeMetrics && m.scopeMetrics.length))
                                        m.scopeMetrics = [];
                                    m.scopeMetrics.push($root.opentelemetry.proto.metrics.v1.ScopeMetrics.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ResourceMetrics.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.metrics.v1.ResourceMetrics)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.metrics.v1.ResourceMetrics: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.metrics.v1.ResourceMetrics();
                        if (d.resource != null) {
                            if (!$util.isObject(d.resource))
                                throw $TypeError(".opentelemetry.proto.metrics.v1.ResourceMetrics.resource: object expected");
                            m.resource = $root.opentelemetry.proto.resource.v1.Resource.fromObject(d.resource, q + 1);
                        }
                        if (d.scopeMetrics) {
                            if (!$Array.isArray(d.scopeMetrics))
                                throw $TypeError(".opentelemetry.proto.metrics.v1.ResourceMetrics.scopeMetrics: array expected");
                            m.scopeMetrics = $Array(d.scopeMetrics.length);
                            for (var i = 0; i < d.scopeMetrics.length; ++i) {
                                if (!$util.isObject(d.scopeMetrics[i]))
                                    throw $TypeError(".opentelemetry.proto.metrics.v1.ResourceMetrics.scopeMetrics: object expected");
                                m.scopeMetrics[i] = $root.opentelemetry.proto.metrics.v1.ScopeMetrics.fromObject(d.scopeMetrics[i], q + 1);
                            }
                        }
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        return m;
                    };

                    ResourceMetrics.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.scopeMetrics = [];
                        }
                        if (o.defaults) {
                            d.resource = null;
                            d.schemaUrl = "";
                        }
                        if (m.resource != null && $Object.hasOwnProperty.call(m, "resource")) {
                            d.resource = $root.opentelemetry.proto.resource.v1.Resource.toObject(m.resource, o, q + 1);
                        }
                        if (m.scopeMetrics && m.scopeMetrics.length) {
                            d.scopeMetrics = $Array(m.scopeMetrics.length);
                            for (var j = 0; j < m.scopeMetrics.length; ++j) {
                                d.scopeMetrics[j] = $root.opentelemetry.proto.metrics.v1.ScopeMetrics.toObject(m.scopeMetrics[j], o, q + 1);
                            }
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        return d;
                    };

                    ResourceMetrics.prototype.toJSON = function() {
                        return ResourceMetrics.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ResourceMetrics;
                })();

                v1.ScopeMetrics = (function() {

                    const ScopeMetrics = function (p) {
                        this.metrics = [];
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    ScopeMetrics.prototype.scope = null;
                    ScopeMetrics.prototype.metrics = $util.emptyArray;
                    ScopeMetrics.prototype.schemaUrl = "";

                    ScopeMetrics.create = function(properties) {
                        return new ScopeMetrics(properties);
                    };

                    ScopeMetrics.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.scope != null && $Object.hasOwnProperty.call(m, "scope"))
                            $root.opentelemetry.proto.common.v1.InstrumentationScope.encode(m.scope, w.uint32(10).fork(), q + 1).ldelim();
                        if (m.metrics != null && m.metrics.length) {
                            for (var i = 0; i < m.metrics.length; ++i)
                                $root.opentelemetry.proto.metrics.v1.Metric.encode(m.metrics[i], w.uint32(18).fork(), q + 1).ldelim();
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl") && m.schemaUrl !== "")
                            w.uint32(26).string(m.schemaUrl);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    ScopeMetrics.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.metrics.v1.ScopeMetrics();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    m.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.decode(r, r.size(), $undefined, q + 1, m.scope);
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if (!(m.metrics && m.metrics.length))
                                        m.metrics = [];
                                    m.metrics.push($root.opentelemetry.proto.metrics.v1.Metric.decode(r, r.size(), $undefined, q + 1));
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.schemaUrl = v;
                                    else
                                        delete m.schemaUrl;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    ScopeMetrics.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.metrics.v1.ScopeMetrics)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.metrics.v1.ScopeMetrics: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.metrics.v1.ScopeMetrics();
                        if (d.scope != null) {
                            if (!$util.isObject(d.scope))
                                throw $TypeError(".opentelemetry.proto.metrics.v1.ScopeMetrics.scope: object expected");
                            m.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.fromObject(d.scope, q + 1);
                        }
                        if (d.metrics) {
                            if (!$Array.isArray(d.metrics))
                                throw $TypeError(".opentelemetry.proto.metrics.v1.ScopeMetrics.metrics: array expected");
                            m.metrics = $Array(d.metrics.length);
                            for (var i = 0; i < d.metrics.length; ++i) {
                                if (!$util.isObject(d.metrics[i]))
                                    throw $TypeError(".opentelemetry.proto.metrics.v1.ScopeMetrics.metrics: object expected");
                                m.metrics[i] = $root.opentelemetry.proto.metrics.v1.Metric.fromObject(d.metrics[i], q + 1);
                            }
                        }
                        if (d.schemaUrl != null) {
                            if (typeof d.schemaUrl !== "string" || d.schemaUrl.length) {
                                m.schemaUrl = $String(d.schemaUrl);
                            }
                        }
                        return m;
                    };

                    ScopeMetrics.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.arrays || o.defaults) {
                            d.metrics = [];
                        }
                        if (o.defaults) {
                            d.scope = null;
                            d.schemaUrl = "";
                        }
                        if (m.scope != null && $Object.hasOwnProperty.call(m, "scope")) {
                            d.scope = $root.opentelemetry.proto.common.v1.InstrumentationScope.toObject(m.scope, o, q + 1);
                        }
                        if (m.metrics && m.metrics.length) {
                            d.metrics = $Array(m.metrics.length);
                            for (var j = 0; j < m.metrics.length; ++j) {
                                d.metrics[j] = $root.opentelemetry.proto.metrics.v1.Metric.toObject(m.metrics[j], o, q + 1);
                            }
                        }
                        if (m.schemaUrl != null && $Object.hasOwnProperty.call(m, "schemaUrl")) {
                            d.schemaUrl = m.schemaUrl;
                        }
                        return d;
                    };

                    ScopeMetrics.prototype.toJSON = function() {
                        return ScopeMetrics.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return ScopeMetrics;
                })();

                v1.Metric = (function() {

                    const Metric = function (p) {
                        if (p)
                            for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                                if (p[ks[i]] != null && ks[i] !== "__proto__")
                                    this[ks[i]] = p[ks[i]];
                    };

                    Metric.prototype.name = "";
                    Metric.prototype.description = "";
                    Metric.prototype.unit = "";

                    Metric.create = function(properties) {
                        return new Metric(properties);
                    };

                    Metric.encode = function (m, w, q) {
                        if (!w)
                            w = $Writer.create();
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (m.name != null && $Object.hasOwnProperty.call(m, "name") && m.name !== "")
                            w.uint32(10).string(m.name);
                        if (m.description != null && $Object.hasOwnProperty.call(m, "description") && m.description !== "")
                            w.uint32(18).string(m.description);
                        if (m.unit != null && $Object.hasOwnProperty.call(m, "unit") && m.unit !== "")
                            w.uint32(26).string(m.unit);
                        if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                            for (var i = 0; i < m.$unknowns.length; ++i)
                                w.raw(m.$unknowns[i]);
                        return w;
                    };

                    Metric.decode = function (r, l, z, q, g) {
                        if (!(r instanceof $Reader))
                            r = $Reader.create(r);
                        if (q === $undefined)
                            q = 0;
                        if (q > $Reader.recursionLimit)
                            throw $Error("max depth exceeded");
                        var c, m, v;
                        if (l === $undefined)
                            c = r.len;
                        else {
                            c = r.pos + l;
                            if (c > r.len)
                                throw $RangeError("index out of range");
                            l = r.len;
                            r.len = c;
                        }
                        m = g || new $root.opentelemetry.proto.metrics.v1.Metric();
                        while (r.pos < c) {
                            var s = r.pos;
                            var t = r.tag();
                            if (t === z) {
                                z = $undefined;
                                break;
                            }
                            var u = t & 7;
                            switch (t >>>= 3) {
                            case 1: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.name = v;
                                    else
                                        delete m.name;
                                    continue;
                                }
                            case 2: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.description = v;
                                    else
                                        delete m.description;
                                    continue;
                                }
                            case 3: {
                                    if (u !== 2)
                                        break;
                                    if ((v = r.stringVerify()).length)
                                        m.unit = v;
                                    else
                                        delete m.unit;
                                    continue;
                                }
                            }
                            r.skipType(u, q, t);
                            if (!r.discardUnknown) {
                                $util.makeProp(m, "$unknowns", false);
                                (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                            }
                        }
                        if (l !== $undefined) {
                            if (r.pos !== c)
                                throw $RangeError("index out of range");
                            r.len = l;
                        }
                        if (z !== $undefined)
                            throw $Error("missing end group");
                        return m;
                    };

                    Metric.fromObject = function (d, q) {
                        if (d instanceof $root.opentelemetry.proto.metrics.v1.Metric)
                            return d;
                        if (!$util.isObject(d))
                            throw $TypeError(".opentelemetry.proto.metrics.v1.Metric: object expected");
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var m = new $root.opentelemetry.proto.metrics.v1.Metric();
                        if (d.name != null) {
                            if (typeof d.name !== "string" || d.name.length) {
                                m.name = $String(d.name);
                            }
                        }
                        if (d.description != null) {
                            if (typeof d.description !== "string" || d.description.length) {
                                m.description = $String(d.description);
                            }
                        }
                        if (d.unit != null) {
                            if (typeof d.unit !== "string" || d.unit.length) {
                                m.unit = $String(d.unit);
                            }
                        }
                        return m;
                    };

                    Metric.toObject = function (m, o, q) {
                        if (!o)
                            o = {};
                        if (q === $undefined)
                            q = 0;
                        if (q > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        var d = {};
                        if (o.defaults) {
                            d.name = "";
                            d.description = "";
                            d.unit = "";
                        }
                        if (m.name != null && $Object.hasOwnProperty.call(m, "name")) {
                            d.name = m.name;
                        }
                        if (m.description != null && $Object.hasOwnProperty.call(m, "description")) {
                            d.description = m.description;
                        }
                        if (m.unit != null && $Object.hasOwnProperty.call(m, "unit")) {
                            d.unit = m.unit;
                        }
                        return d;
                    };

                    Metric.prototype.toJSON = function() {
                        return Metric.toObject(this, $protobuf.util.toJSONOptions);
                    };

                    return Metric;
                })();

                return v1;
            })();

            return metrics;
        })();

        return proto;
    })();

    return opentelemetry;
})();

export {
  $root as default
};

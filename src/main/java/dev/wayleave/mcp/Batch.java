package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.Caller;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Several messages in one body, which only version 2025-03-26 knows. */
final class Batch {
    private static final int LARGEST = 20;

    private Batch() {}

    static Reply answer(JsonNode array, Caller caller, Request request, Methods methods) throws ProtocolError {
        Era era = EraSelector.ofBatch(request);
        if (!era.equals(Era.OLDEST) || array.isEmpty() || array.size() > LARGEST) {
            throw invalid("A batch is for version 2025-03-26, of 1 to " + LARGEST + " messages.");
        }
        List<Message.Call> calls = new ArrayList<>();
        for (JsonNode element : array) {
            if (JsonRpc.message(element) instanceof Message.Call call) {
                if (call.method().equals("initialize")
                        || call.params().path("_meta").has(EraSelector.VERSION)) {
                    throw invalid("This message may not stand in a batch.");
                }
                calls.add(call);
            }
        }
        for (Message.Call call : calls) {
            if (methods.lacksScopes(caller, call)) {
                return challenge(call, era, caller, request, methods);
            }
        }
        return calls.isEmpty() ? Reply.empty(202) : Reply.json(200, answers(calls, era, caller, request, methods));
    }

    /** Before any of it is carried out: a challenge belongs to the HTTP answer, and a client that heeds it sends all again. */
    private static Reply challenge(Message.Call call, Era era, Caller caller, Request request, Methods methods) {
        try {
            return Reply.json(200, JsonRpc.result(call.id(), methods.answer(era, caller, call, request)));
        } catch (ProtocolError e) {
            return new Reply(e.status(), e.headers(), JsonRpc.error(call.id(), e));
        }
    }

    private static byte[] answers(List<Message.Call> calls, Era era, Caller caller, Request request, Methods methods) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Message.Call call : calls) {
            out.write(out.size() == 0 ? '[' : ',');
            out.writeBytes(answer(call, era, caller, request, methods));
        }
        out.write(']');
        return out.toByteArray();
    }

    private static byte[] answer(Message.Call call, Era era, Caller caller, Request request, Methods methods) {
        try {
            return JsonRpc.result(call.id(), methods.answer(era, caller, call, request));
        } catch (ProtocolError e) {
            return JsonRpc.error(call.id(), e);
        }
    }

    private static ProtocolError invalid(String text) {
        return ProtocolError.of(400, ProtocolError.INVALID_REQUEST, text);
    }
}

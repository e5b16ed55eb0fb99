package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Several messages in one body, which only version 2025-03-26 knows. */
final class Batch {
    private static final int LARGEST = 20;

    private Batch() {}

    /**
     * An answer to each call, or one to all of them.
     *
     * @param challenged whether a call of it lacks scopes
     * @param each answers one, whatever becomes of it
     */
    static Reply answer(
            JsonNode array, Request request, Predicate<Message.Call> challenged, Function<Message.Call, Reply> each)
            throws ProtocolError {
        if (!EraSelector.ofBatch(request).equals(Era.OLDEST) || array.isEmpty() || array.size() > LARGEST) {
            throw invalid("A batch is for version 2025-03-26, of 1 to " + LARGEST + " messages.");
        }
        List<Message.Call> calls = calls(array);
        // before any of it is carried out: a challenge belongs to the HTTP answer, and a client that heeds it sends all
        // again
        for (Message.Call call : calls) {
            if (challenged.test(call)) {
                return each.apply(call);
            }
        }
        return calls.isEmpty() ? Reply.empty(202) : Reply.json(200, answers(calls, each));
    }

    private static List<Message.Call> calls(JsonNode array) throws ProtocolError {
        List<Message.Call> calls = new ArrayList<>();
        for (JsonNode element : array) {
            Message message = JsonRpc.message(element);
            if (element.path("params").path("_meta").has(EraSelector.VERSION)) {
                throw invalid("A message of a later version may not stand in a batch.");
            }
            if (message instanceof Message.Call call) {
                if (call.method().equals("initialize")) {
                    throw invalid("This message may not stand in a batch.");
                }
                calls.add(call);
            }
        }
        return calls;
    }

    private static byte[] answers(List<Message.Call> calls, Function<Message.Call, Reply> each) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Message.Call call : calls) {
            out.write(out.size() == 0 ? '[' : ',');
            out.writeBytes(each.apply(call).body());
        }
        out.write(']');
        return out.toByteArray();
    }

    private static ProtocolError invalid(String text) {
        return ProtocolError.of(400, ProtocolError.INVALID_REQUEST, text);
    }
}

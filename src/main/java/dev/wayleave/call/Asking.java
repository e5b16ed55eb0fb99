package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.seal.Binding;
import dev.wayleave.seal.Seal;
import dev.wayleave.tool.Ask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Asks clients, and the people in front of them, before something is done (MCP 2026-07-28, basic/patterns/mrtr). Nothing is
 * kept between the requests but what was done: what must travel is sealed for the caller, what was called and its arguments.
 */
public final class Asking {
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    private final Seal seal;
    private final String path;
    private final Rules rules;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final DoneOnce done;
    private final AskAnswer answers = new AskAnswer();

    /**
     * Made once for each platform.
     *
     * @param path of its endpoint
     * @param done what was done there, also before a reload
     * @param ids nobody can foresee them
     */
    public Asking(Seal seal, String path, Rules rules, DoneOnce done, Supplier<String> ids, InstantSource clock) {
        this.seal = seal;
        this.path = path;
        this.rules = rules;
        this.clock = clock;
        this.ids = ids;
        this.done = done;
        done.lasting(rules.expires());
    }

    /**
     * How long, and where.
     *
     * @param expires how long after a question its answer counts
     * @param byAsker whether what cannot be made one request at the platform is done only by the instance that asked
     */
    public record Rules(Duration expires, boolean byAsker) {}

    /**
     * What is asked for.
     *
     * @param caller of whom
     * @param method such as {@code tools/call}
     * @param arguments as the client sent them
     * @param safe whether it does no harm to do it twice
     */
    record Subject(Caller caller, String method, String name, JsonNode arguments, boolean safe) {}

    /** What came of asking before a prompt is given. */
    public sealed interface Asked {
        /** All is answered; by the names of asks. */
        record Answered(Map<String, ObjectNode> answers) implements Asked {
            /** What stands in the place of a text. */
            public String value(String place) {
                return AskWords.answer(place, answers);
            }
        }

        /** It goes no further. */
        record Stopped(ToolResult.Unanswered result) implements Asked {}
    }

    /** Asks before a prompt is given. */
    public Asked prompt(String name, List<Ask> asks, JsonNode arguments, Caller caller, Inputs inputs) {
        Conversation talk = begin(new Subject(caller, "prompts/get", name, arguments, true), inputs);
        Optional<ToolResult.Unanswered> stopped = talk.ask(asks, Set.of());
        return stopped.isPresent() ? new Asked.Stopped(stopped.get()) : new Asked.Answered(talk.answers());
    }

    Conversation begin(Subject subject, Inputs inputs) {
        return new Conversation(this, subject, inputs);
    }

    private Binding binding(Subject subject) {
        return Binding.of(
                "asks", path, subject.caller(), subject.method(), subject.name(), digest(subject.arguments()));
    }

    AskState fresh() {
        return new AskState(ids.get(), done.instance(), Set.of(), Map.of());
    }

    Optional<AskState> open(Subject subject, String handle) {
        return seal.open(binding(subject), handle, clock.instant()).map(AskState::of);
    }

    /** Empty where the answers are more than can travel. */
    Optional<String> seal(Subject subject, AskState state) {
        byte[] bytes = state.bytes();
        return bytes.length > Seal.MOST
                ? Optional.empty()
                : Optional.of(seal.seal(binding(subject), bytes, clock.instant().plus(rules.expires())));
    }

    AskAnswer.Read read(Ask.Question question, JsonNode response) {
        return answers.read(question, response);
    }

    /** Whether this instance may do what was asked about, as far as nobody else keeps it from being done twice. */
    boolean mayDo(AskState state) {
        return !rules.byAsker() || state.instance().equals(done.instance());
    }

    DoneOnce done() {
        return done;
    }

    /** The same for the same arguments, in whatever order. */
    private static String digest(JsonNode arguments) {
        try {
            return DigestUtils.sha256Hex(SORTED.writeValueAsString(arguments));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every tree is JSON", e);
        }
    }
}

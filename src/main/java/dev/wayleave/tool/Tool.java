package dev.wayleave.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sees and can call.
 *
 * @param name unique in its catalog, {@code [A-Za-z0-9_-]{1,64}}
 * @param inputSchema 2020-12, its root an object
 * @param outputSchema what its structured answers keep to; null where nothing is promised
 * @param slots where each argument goes, also those that {@code inputSchema} does not show
 * @param treatments what is done with the arguments before they are put where the slots say
 * @param resultShape what becomes of its JSON answers; null to pass them on whole
 * @param work what is done when it is called
 */
public record Tool(
        String name,
        String title,
        @Nullable String description,
        ObjectNode inputSchema,
        @Nullable OutputSchema outputSchema,
        Annotations annotations,
        ScopeRequirement scopes,
        List<Slot> slots,
        List<Treatment> treatments,
        Handling handling,
        @Nullable ResultShape resultShape,
        Work work) {
    public Tool {
        slots = List.copyOf(slots);
        treatments = List.copyOf(treatments);
        // a description of the platform's answers says nothing of what is left of them
        outputSchema = resultShape == null ? outputSchema : null;
    }

    /** The same with these in their places. */
    private Tool with(
            ObjectNode input,
            @Nullable OutputSchema promised,
            ScopeRequirement needed,
            Handling handled,
            @Nullable ResultShape left) {
        return new Tool(
                name, title, description, input, promised, annotations, needed, slots, treatments, handled, left, work);
    }

    /** The same for callers who hold other scopes. */
    Tool needing(ScopeRequirement others) {
        return with(inputSchema, outputSchema, others, handling, resultShape);
    }

    /** Whether its description asks for nothing in particular, because it says nothing of security at all. */
    public boolean isUnscoped() {
        return !scopes.declared();
    }

    /**
     * Whether its calls carry no token: the description says that nobody needs one, with {@code security: []}, and
     * {@code x-mcp.scopes} does not say otherwise.
     */
    public boolean isPublic() {
        return switch (work) {
            case Work.OneCall one -> one.isPublic();
            case Work.Fixed fixed -> true;
            case Work.Steps several -> false;
        };
    }

    /** The same, asking for something else before it is called. */
    Tool asking(ObjectNode arguments, Asks asks) {
        return with(arguments, outputSchema, scopes, handling.asking(asks), resultShape);
    }

    /** The same whose answers are told once. */
    public Tool withoutCache() {
        return with(inputSchema, outputSchema, scopes, handling.withoutCache(), resultShape);
    }

    /** The same whose work can be followed beyond its answer, or cannot; nothing is promised of that answer. */
    Tool following(@Nullable Task task) {
        return with(inputSchema, null, scopes, handling.following(task), resultShape);
    }

    /** The same of whose answers this is left, and nothing promised. */
    public Tool shaped(@Nullable ResultShape left) {
        return with(inputSchema, null, scopes, handling, left);
    }

    /** Where the arguments of its path go. */
    public List<Slot.InParameter> pathSlots() {
        return slots.stream()
                .filter(Slot.InParameter.class::isInstance)
                .map(Slot.InParameter.class::cast)
                .filter(slot -> slot.parameter().in() == Parameter.In.PATH)
                .toList();
    }

    /** Whether some answer that its work needs may be told again. */
    boolean isCached() {
        return switch (work) {
            case Work.OneCall one -> handling.cacheTtl() != null;
            case Work.Fixed fixed -> false;
            case Work.Steps several ->
                several.plan().steps().stream().anyMatch(step -> step.tool().isCached())
                        || several.plan().others().values().stream().anyMatch(Tool::isCached);
        };
    }

    /** The same without a promise of what its answers look like. */
    Tool promisingNothing() {
        return shaped(resultShape);
    }

    /** The claims without which a caller cannot call it, because arguments are bound to them, its own or a step's, or its text tells them. */
    public List<String> claims() {
        Stream<String> bound = treatments.stream()
                .filter(Treatment.Claim.class::isInstance)
                .map(treatment -> ((Treatment.Claim) treatment).claim());
        Stream<String> worked = switch (work) {
            case Work.OneCall one -> Stream.of();
            case Work.Fixed fixed -> fixed.claims().stream();
            case Work.Steps several ->
                Stream.concat(
                                several.plan().steps().stream().map(Plan.Planned::tool),
                                several.plan().others().values().stream())
                        .flatMap(part -> part.claims().stream());
        };
        return Stream.concat(bound, worked).distinct().toList();
    }
}

package dev.wayleave.workflow;

import dev.wayleave.openapi.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A value that a step passes on.
 *
 * @param in where in the request; null for an input of a workflow
 */
public record StepParameter(String name, Parameter.@Nullable In in, Value value) {}

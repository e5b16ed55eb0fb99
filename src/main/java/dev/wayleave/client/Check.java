package dev.wayleave.client;

import java.util.List;

/** Looks for what does not keep one limit. */
@FunctionalInterface
interface Check {
    /** Where it is not kept: tools by name, or one remark on all of them; empty where it is. */
    List<String> failures(Offer offer);
}

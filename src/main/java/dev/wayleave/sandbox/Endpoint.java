package dev.wayleave.sandbox;

import java.io.IOException;

/** What answers the requests of one route; refusals may be thrown as {@link Refused}. */
interface Endpoint {
    Answer answer(Request request) throws IOException;
}

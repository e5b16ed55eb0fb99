package dev.wayleave.sandbox;

import java.io.IOException;

/** One operation of the platform's API, called only with a token that may use it. */
interface ApiOperation {
    Answer answer(AccessTokens.Access access, Request request) throws IOException;
}

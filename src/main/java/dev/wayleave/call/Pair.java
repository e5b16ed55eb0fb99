package dev.wayleave.call;

/** A name and a value of a query, a cookie or a form, both as they are written there. */
record Pair(String name, String value) {
    @Override
    public String toString() {
        return name + "=" + value;
    }
}

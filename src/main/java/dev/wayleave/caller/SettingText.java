package dev.wayleave.caller;

/** Texts of the configuration that tokens are compared with. */
final class SettingText {
    private SettingText() {}

    /** A placeholder that nobody filled in must not become what tokens are compared with. */
    static void require(String setting, String value) {
        if (value.isBlank() || value.contains("${") || value.matches("(?s).*[<>\\p{Cntrl}].*")) {
            throw new IllegalArgumentException(setting + ": is empty, or a placeholder");
        }
    }

    /** At least one, and each of them. */
    static void requireAll(String setting, Iterable<String> values) {
        if (!values.iterator().hasNext()) {
            throw new IllegalArgumentException(setting + ": must not be empty");
        }
        values.forEach(value -> require(setting, value));
    }
}

package dev.wayleave.command;

/** The door from the command line. */
public final class Main {
    private Main() {}

    /** Runs one verb and exits with its code: 0 ok, 1 finding, 2 usage. */
    public static void main(String[] args) {
        System.out.println("hello " + Runtime.version());
    }
}

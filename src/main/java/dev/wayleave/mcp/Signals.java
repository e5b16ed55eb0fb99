package dev.wayleave.mcp;

import java.lang.reflect.Proxy;

/** The signals by which operators tell servers what to do: SIGHUP, SIGTERM. */
public final class Signals {
    private Signals() {}

    /**
     * Runs this at each one, on a thread of its own; false where there is no such signal. By reflection, since the compiler knows
     * no way without a warning.
     *
     * @param name without SIG
     */
    public static boolean handle(String name, Runnable reaction) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object reacting = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            reaction.run();
                            yield null;
                        }
                        case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), reacting);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

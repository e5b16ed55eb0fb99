package dev.wayleave.mcp;

import java.lang.reflect.Proxy;

/** SIGHUP, by which operators ask servers to read their configuration again. */
final class HangUp {
    private HangUp() {}

    /** Runs this at each one; false where there is no such signal. By reflection, since the compiler knows no way without a warning. */
    static boolean handle(Runnable reaction) {
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
                        default -> "reload";
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), reacting);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

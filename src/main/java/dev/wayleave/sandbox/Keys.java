package dev.wayleave.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.io.IOException;
import java.text.ParseException;
import java.util.Optional;

/**
 * The sandbox's keys, made once and kept.
 *
 * @param platform signs access tokens; its public half is published
 * @param database for database tokens, which nobody else verifies
 */
record Keys(ECKey platform, OctetSequenceKey database) {
    static Keys load(ControlStore store) throws IOException {
        try {
            Optional<String> platform = find(store, "platform-key");
            Optional<String> database = find(store, "database-key");
            if (platform.isPresent() && database.isPresent()) {
                return new Keys(ECKey.parse(platform.get()), OctetSequenceKey.parse(database.get()));
            }
            Keys keys = make();
            save(store, "platform-key", keys.platform().toJSONString());
            save(store, "database-key", keys.database().toJSONString());
            return keys;
        } catch (JOSEException | ParseException e) {
            throw new IOException("the sandbox's keys cannot be used", e);
        }
    }

    private static Keys make() throws JOSEException {
        return new Keys(
                new ECKeyGenerator(Curve.P_256)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .keyIDFromThumbprint(true)
                        .generate(),
                new OctetSequenceKeyGenerator(256).algorithm(JWSAlgorithm.HS256).generate());
    }

    private static Optional<String> find(ControlStore store, String name) {
        return store.find("select value from secret where name = ?", row -> row.getString(1), name);
    }

    private static void save(ControlStore store, String name, String value) {
        store.change("insert or replace into secret (name, value) values (?, ?)", name, value);
    }

    @Override
    public String toString() {
        return "Keys[" + platform.getKeyID() + "]";
    }
}

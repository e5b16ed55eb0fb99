package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolNamesTest {
    private static Operation operation(@Nullable String id, String method, String path) {
        return new Operation(
                id,
                method,
                path,
                null,
                null,
                false,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                Map.of(),
                new Source("test", "", 0));
    }

    private static String name(@Nullable String id) {
        Operation operation = operation(id, "GET", "/v1/pets/{petId}");
        return new ToolNames(List.of(operation)).of(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "listDatabases,list_databases",
        "listDBInstances,list_db_instances",
        "inviteOrganizationMemberV2,invite_organization_member_v2",
        "repos/list-for-org,repos_list_for_org",
        "Get  Pet!,get_pet",
        "__proto__,proto",
        "2fa,_2fa",
        "../x,x",
    })
    void anOperationIdBecomesSnakeCase(String id, String expected) {
        assertThat(name(id)).isEqualTo(expected);
    }

    @Test
    void withoutAnIdMethodAndPathNameIt() {
        assertThat(name(null)).isEqualTo("get_v1_pets_pet_id");
        assertThat(name("🙂")).isEqualTo("get_v1_pets_pet_id");
    }

    @Test
    void aNameIsNeverLongerThanFortyAndKeepsItsBeginning() {
        String name = name("a".repeat(20) + "B" + "c".repeat(300));

        assertThat(name).hasSize(40).startsWith("aaaaaaaaaaaaaaaaaaaa_b").matches("[a-z0-9_]+");
    }

    @Test
    void twoOperationsOfOneNameAreToldApartWhateverTheirOrder() {
        Operation first = operation("getPet", "GET", "/a");
        Operation second = operation("get_pet", "GET", "/b");
        ToolNames names = new ToolNames(List.of(first, second));
        ToolNames reordered = new ToolNames(List.of(second, first));

        assertThat(names.of(first)).isNotEqualTo(names.of(second)).startsWith("get_pet_");
        assertThat(reordered.of(first)).isEqualTo(names.of(first));
        assertThat(reordered.of(second)).isEqualTo(names.of(second));
    }
}

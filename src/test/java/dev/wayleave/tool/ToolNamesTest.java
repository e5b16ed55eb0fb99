package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTest {
    private static final String NAME = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

    private static String name(@Nullable String id) {
        return name(Operations.named(id, "GET", "/v1/pets/{petId}"));
    }

    private static String name(Operation operation) {
        return new ToolNames(List.of(operation)).of(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "listDatabases,list_databases",
        "listDBInstances,list_db_instances",
        "inviteOrganizationMemberV2,invite_organization_member_v2",
        "listAPITokens,list_api_tokens",
        "listIDs,list_ids",
        "repos/list-for-org,repos_list_for_org",
        "Get  Pet!,get_pet",
        "créerÉquipe,creer_equipe",
        "ｗｉｄｅ,wide",
        "UPPER,upper",
        "__proto__,proto",
        "../x,x",
        "getPet🙂,get_pet",
    })
    void anOperationIdBecomesSnakeCase(String id, String expected) {
        assertThat(name(id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2fa,get_2fa", "constructor,get_constructor", "null,get_null", "TRUE,get_true"})
    void aNameBeginsWithALetterAndIsNotReserved(String id, String expected) {
        assertThat(name(id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂", "___", "", "получитьПитомца", "取得 pet", "\u202Eשלום"})
    void anIdThatLatinLettersCannotSpellGivesWayToMethodAndPath(String id) {
        assertThat(name(id)).isEqualTo("get_v1_pets_pet_id");
        assertThat(name((String) null)).isEqualTo("get_v1_pets_pet_id");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,get",
        "GET,/健康,get",
        "POST,/api/v2/organizations/{organizationSlug}/databases,post_organizations_databases",
        "DELETE,/v1/organizations/{organizationSlug}/databases/{databaseName}/tokens/{id},"
                + "delete_organizations_databases_tokens_id",
        "M-SEARCH,/x,m_search_x",
        "2X,/x,call_x",
    })
    void aPathLosesVersionsAndInnerVariablesBeforeItIsShortened(String method, String path, String expected) {
        assertThat(name(Operations.named(null, method, path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "patch-balanceAccounts-balanceAccountId-sweeps-sweepId,patch_balance_accounts_sweeps_sweep_id",
        "patch-balanceAccounts-balanceAccountId-sweeps,patch_balance_accounts_balance_sweeps",
    })
    void anIdThatRepeatsALongPathIsShortenedAsAPathIs(String id, String expected) {
        String path = "/balanceAccounts/{balanceAccountId}/sweeps/{sweepId}";
        assertThat(name(Operations.named(id, "PATCH", path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "read_item_items__item_id__get,GET,/items/{item_id},read_item",
        "read_items_api_v1_items__get,GET,/api/v1/items/,read_items",
        "_items__item_id__get,GET,/items/{item_id},items_item_id_get",
        "items_get,POST,/items,items_get",
    })
    void aRouteThatAFrameworkAppendedIsTakenOff(String id, String method, String path, String expected) {
        assertThat(name(Operations.named(id, method, path))).isEqualTo(expected);
    }

    @Test
    void aNameIsNeverLongerThanFortyAndKeepsItsBeginning() {
        String name = name("a".repeat(20) + "B" + "c".repeat(300));

        assertThat(name).hasSize(40).startsWith("aaaaaaaaaaaaaaaaaaaa_b").matches(NAME);
    }

    @Test
    void twoOperationsOfOneNameAreToldApartWhateverTheirOrder() {
        Operation first = Operations.named("getPet", "GET", "/a");
        Operation second = Operations.named("get_pet", "GET", "/b");
        ToolNames names = new ToolNames(List.of(first, second));
        ToolNames reordered = new ToolNames(List.of(second, first));

        assertThat(names.of(first)).isNotEqualTo(names.of(second)).matches("get_pet_[0-9a-f]{6}");
        assertThat(reordered.of(first)).isEqualTo(names.of(first));
        assertThat(reordered.of(second)).isEqualTo(names.of(second));
    }

    @Test
    void oneShortNameOfTwoRoutesFallsBackToTheWholeIds() {
        Operation users = Operations.named("read_users_get", "GET", "/users");
        Operation items = Operations.named("read_items_get", "GET", "/items");
        ToolNames names = new ToolNames(List.of(users, items));

        assertThat(List.of(names.of(users), names.of(items))).containsExactly("read_users_get", "read_items_get");
    }

    @Test
    void twoThatAreShortenedAlikeKeepTheirTags() {
        Operation one = Operations.named("codespaces/remove-repo-from-organization-secret", "PUT", "/a", "codespaces");
        Operation other =
                Operations.named("dependabot/remove-repo-from-organization-secret", "PUT", "/b", "dependabot");
        ToolNames names = new ToolNames(List.of(one, other));

        assertThat(names.of(one)).isEqualTo("codespaces_remove_repo_from_org_secret");
        assertThat(names.of(other)).isEqualTo("dependabot_remove_repo_from_org_secret");
    }

    @Test
    void aNameThatWasShortGoesBeforeOneThatIsShortened() {
        Operation made = Operations.named("orgs_list_org_members_public", "GET", "/b");
        Operation shortened = Operations.named("organizations/list_organization_members_public", "GET", "/c");
        ToolNames names = new ToolNames(List.of(shortened, made));

        assertThat(names.of(made)).isEqualTo("orgs_list_org_members_public");
        assertThat(names.of(shortened)).matches("orgs_list_org_members_public_[0-9a-f]{6}");
    }

    @Test
    void twoThatDifferInTheMiddleAloneKeepTheirEnds() {
        Operation api = Operations.named(null, "POST", "/merchants/{m}/credentials/{c}/attempts/generateApiKey");
        Operation client = Operations.named(null, "POST", "/merchants/{m}/credentials/{c}/attempts/generateClientKey");
        ToolNames names = new ToolNames(List.of(api, client));

        assertThat(names.of(api)).isEqualTo("post_attempts_generate_api_key");
        assertThat(names.of(client)).isEqualTo("post_attempts_generate_client_key");
    }

    @Test
    void aDigestThatIsTakenIsMadeAnew() {
        Operation first = Operations.named("getPet", "GET", "/a");
        Operation second = Operations.named("get_pet", "GET", "/b");
        String digested = new ToolNames(List.of(first, second)).of(first);
        Operation thief = Operations.named(digested, "GET", "/c");
        ToolNames names = new ToolNames(List.of(first, second, thief));

        assertThat(names.of(thief)).isEqualTo(digested);
        assertThat(names.of(first)).isNotEqualTo(digested).matches("get_pet_[0-9a-f]{6}");
    }

    @Test
    void anyOperationsHaveNamesOfTheirOwnInAnyOrder() {
        Random random = new Random(7);
        String[] parts = {
            "get", "List", "Repo", "organization", "🙂", "__proto__", "2", "a".repeat(50), "-", "ID", "\u202e"
        };
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder id = new StringBuilder();
            random.ints(1 + random.nextInt(8), 0, parts.length).forEach(n -> id.append(parts[n]));
            operations.add(Operations.named(id.toString(), "GET", "/p" + i));
        }
        ToolNames names = new ToolNames(operations);
        Set<String> all = new HashSet<>();
        operations.forEach(operation -> all.add(names.of(operation)));
        List<Operation> shuffled = new ArrayList<>(operations);
        Collections.shuffle(shuffled, random);
        ToolNames again = new ToolNames(shuffled);

        assertThat(all).hasSameSizeAs(operations).allMatch(name -> name.length() <= 40 && name.matches(NAME));
        assertThat(operations).allSatisfy(one -> assertThat(again.of(one)).isEqualTo(names.of(one)));
    }

    @Test
    void anotherOperationLeavesTheNamesOfTheRestAlone() {
        Operation pets = Operations.named("listPets", "GET", "/pets");
        Operation orders = Operations.named("listOrders", "GET", "/orders");

        assertThat(new ToolNames(List.of(orders, pets)).of(pets)).isEqualTo(new ToolNames(List.of(pets)).of(pets));
    }
}

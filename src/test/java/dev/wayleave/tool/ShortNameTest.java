package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNameTest {
    @ParameterizedTest
    @CsvSource({
        "get_repository,,get_repository",
        "update_repository_configuration_of_the_organization,,update_repo_config_of_the_org",
        "codespaces_create_or_update_secret_for_authenticated_user,,codespaces_upsert_secret_for_me",
        "packages_list_docker_migration_conflicting_packages,,list_docker_migration_conflicting_packages",
        "check_whether_a_person_is_on_the_list_of_members,,check_whether_person_is_list_members",
        "users_controller_find_all_by_email_address_v2,,users_find_by_email_address_v2",
        "billing_get_usage_report_of_premium_requests_user,billing,get_usage_report_premium_requests_user",
        "pull_requests_merge_everything_that_is_green_today,Pull Requests,merge_everything_that_is_green_today",
    })
    void itLosesNoMoreThanItMust(String name, String tag, String expected) {
        String brief = ShortName.of(name, tag == null ? List.of() : List.of(tag), expected.length() > 40 ? 42 : 40);

        assertThat(brief).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "one_two_three_four,18,one_two_three_four",
        "one_two_three_four,17,one_two_four",
        "one_two_three_four,8,one_four",
        "one_two_three_four,7,one_two",
        "onetwothreefour,6,onetwo",
        "one_twothreefourfive,12,one_twothree",
        "one_twothreefourfive,4,one",
    })
    void whatIsCutKeepsItsLastWord(String name, int length, String expected) {
        assertThat(ShortName.cut(name, length)).isEqualTo(expected);
    }
}

package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTest {
    @ParameterizedTest
    @CsvSource({
        "getPet,GET,true,false,true",
        "listDeletedPets,GET,true,false,true",
        "archiveList,GET,true,false,true",
        "deletePet,GET,false,true,true",
        "addPet,POST,false,false,false",
        "searchPets,POST,false,false,false",
        "pets/removeAll,POST,false,true,false",
        "invalidateTokens,POST,false,true,false",
        "transferGroup,POST,false,true,false",
        "setPet,PUT,false,true,true",
        "changePet,PATCH,false,true,false",
        "deletePet,DELETE,false,true,true",
        "getPet,DELETE,false,true,true",
    })
    void methodAndNameTellTheHints(String id, String method, boolean reads, boolean destroys, boolean twice) {
        assertThat(Annotations.of(Operations.named(id, method, "/pets"), OperationCuration.NONE, new ArrayList<>()))
                .isEqualTo(new Annotations(reads, destroys, twice, false));
    }

    @Test
    void aDeleteIsNeverReadOnlyWhateverIsSaidOfIt() {
        Annotations claimed = new Annotations(true, false, true, true);

        assertThat(claimed.floor(Operations.named("getPet", "DELETE", "/pets")))
                .isEqualTo(new Annotations(false, true, true, true));
        assertThat(claimed.floor(Operations.named("findPets", "POST", "/pets"))).isEqualTo(claimed);
    }
}

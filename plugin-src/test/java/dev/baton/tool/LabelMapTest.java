package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelMapTest {

  @TempDir Path folder;

  @Test
  void knownSetsBecomePersonsOrganisationsAndPlaces() {
    LabelMap map = LabelMap.standard();
    assertThat(map.type("GPE.NAM")).contains("LOC");
    assertThat(map.type("corporation")).contains("ORG");
    assertThat(map.type("PER")).contains("PER");
    assertThat(map.type("PER.NOM")).isEmpty();
    assertThat(map.type("WORK")).isEmpty();
  }

  @Test
  void entriesGoBeforeTheKnownSetsAndTheirTargetsCountAsThemselves() throws IOException {
    LabelMap map = LabelMap.of(List.of("creative-work=WORK, PER.NOM=PER", "group=O"));
    assertThat(map.type("creative-work")).contains("WORK");
    assertThat(map.type("work")).contains("WORK");
    assertThat(map.type("PER.NOM")).contains("PER");
    assertThat(map.type("GROUP")).isEmpty();
    assertThat(map.type("product")).isEmpty();
    assertThat(LabelMap.of(List.of("*=*")).type("product")).contains("PRODUCT");
    assertThat(LabelMap.of(List.of("*=*,MISC=O")).type("MISC")).isEmpty();
  }

  @Test
  void aFileHasALineForEachEntry() throws IOException {
    Path file = Files.writeString(folder.resolve("map"), "# ours\nGPE.NAM\tORG\n\nNORP  GROUP\n");
    LabelMap map = LabelMap.of(List.of(file.toString()));
    assertThat(map.type("GPE.NAM")).contains("ORG");
    assertThat(map.type("NORP")).contains("GROUP");
  }

  @Test
  void whatIsNoEntryIsRefused() throws IOException {
    for (String wrong : List.of("GPE.NAM", "A=B=C", "=LOC", "no/such/file", "*=LOC", "GPE=*")) {
      assertThatThrownBy(() -> LabelMap.of(List.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong);
    }
    Path file = Files.writeString(folder.resolve("map"), "one two three\n");
    assertThatThrownBy(() -> LabelMap.of(List.of(file.toString())))
        .hasMessageContaining("one two three");
  }
}

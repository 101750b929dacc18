package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportTest {

  private static final String GOOD = "subject,relation,object\na,b,c\n\"d,e\",f,鲁迅\n";
  private static final String BROKEN = "subject,relation,object\na,b\nc,d,e\nf,g,\n";

  @TempDir private Path folder;

  @Test
  void whatIsWrittenAsJsonLinesIsReadBackTheSame() throws Exception {
    Path written = folder.resolve("written.jsonl");
    Path again = folder.resolve("again.jsonl");
    run("--json", written, file("good.csv", GOOD));
    run("--json", again, written);
    assertThat(Files.readAllLines(written)).hasSize(2);
    assertThat(Files.readString(again)).isEqualTo(Files.readString(written));
  }

  @Test
  void nothingIsWrittenOfAFileWithFaultsAndAllOfThemAreNamed() throws Exception {
    Path csv = file("broken.csv", BROKEN);
    Path written = folder.resolve("written.jsonl");
    assertThatThrownBy(() -> run("--json", written, csv))
        .isInstanceOf(CollectionFormatException.class)
        .hasMessageContaining(csv + ":2: must have 3 values, got 2: [a, b]")
        .hasMessageContaining(csv + ":4: object is empty")
        .hasMessageContaining("2 faults; --skip-broken leaves them out");
    assertThat(written).doesNotExist();
  }

  @Test
  void whatIsNotBrokenIsWrittenIfAskedFor() throws Exception {
    Path written = folder.resolve("written.jsonl");
    run("--skip-broken", "--json", written, file("broken.csv", BROKEN));
    assertThat(Files.readAllLines(written))
        .singleElement()
        .asString()
        .contains("\"subject\":\"c\"");
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    Path written = folder.resolve("written.jsonl");
    run("--dry-run", "--json", written, file("good.csv", GOOD));
    assertThat(written).doesNotExist();
  }

  @Test
  void aFormatThatNobodyKnowsIsRefused() throws IOException {
    Path file = file("good.xlsx", GOOD);
    assertThatThrownBy(() -> run("--dry-run", file))
        .hasMessageContaining("its ending says no format");
    assertThatThrownBy(() -> run("--dry-run", "--format", "xml", file))
        .hasMessageContaining("--format must be csv, tsv, jsonl, turtle or ntriples, got: xml");
    assertThatThrownBy(() -> run("--dry-run", folder.resolve("none.csv")))
        .hasMessageContaining("none.csv is not a file");
  }

  @Test
  void absurdOptionsAreRefused() throws IOException {
    Path file = file("good.csv", GOOD);
    assertThatThrownBy(() -> run("--dry-run", "--delimiter", "ab", file))
        .hasMessageContaining("--delimiter must be one character or 'tab', got: ab");
    assertThatThrownBy(() -> run("--dry-run", "--columns", "a,b", file))
        .hasMessageContaining("--columns must name three columns");
    assertThatThrownBy(() -> run("--dry-run", "--language", "fr", file))
        .hasMessageContaining("--language must be zh or en, got: fr");
    assertThatThrownBy(() -> run(file)).hasMessageContaining("wants --name COLLECTION");
  }

  @Test
  void theStateOfAnotherImportIsNotTakenUp() throws IOException {
    Path state = folder.resolve("state.json");
    Path csv = file("good.csv", GOOD);
    try (SolrCollection target = new SolrCollection("http://127.0.0.1:1/solr", "c")) {
      Map<String, String> work = ImportState.work(target, List.of(csv), "options");
      assertThatThrownBy(() -> ImportState.read(state, work))
          .hasMessageContaining("no state of a stopped import");
      ImportState written = new ImportState(work, 500, "triple:1", csv + ":501");
      written.write(state);
      assertThat(ImportState.read(state, work)).isEqualTo(written);

      Files.writeString(csv, GOOD + "g,h,i\n");
      Map<String, String> changed = ImportState.work(target, List.of(csv), "options");
      assertThatThrownBy(() -> ImportState.read(state, changed))
          .hasMessageContaining("is of another import: file 1 was " + csv);
      Files.writeString(state, "{");
      assertThatThrownBy(() -> ImportState.read(state, work))
          .hasMessageContaining("is no state of an import");
    }
  }

  private static void run(Object... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    Import command = new Import();
    new CommandLine(command).parseArgs(all.toArray(String[]::new));
    command.call();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}

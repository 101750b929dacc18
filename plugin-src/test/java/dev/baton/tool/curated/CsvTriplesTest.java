package dev.baton.tool.curated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTriplesTest {

  @TempDir private Path folder;

  @Test
  void columnsMayStandInAnyOrder() throws IOException {
    Gathered read = read("Object,subject,RELATION\n鲁迅,呐喊,作者\n");
    assertThat(read.triples()).containsExactly(List.of("呐喊", "作者", "鲁迅"));
    assertThat(read.faults).isEmpty();
  }

  @Test
  void byteOrderMarkAndCarriageReturnsAreNoPartOfNames() throws IOException {
    Gathered read = read("\uFEFFsubject,relation,object\r\na,b,c\r\n\r\nd,e,f");
    assertThat(read.triples()).containsExactly(List.of("a", "b", "c"), List.of("d", "e", "f"));
    assertThat(read.documents.get(1).place().line()).isEqualTo(4);
  }

  @Test
  void quotedValuesMayHaveDelimitersQuotesAndLineEnds() throws IOException {
    Gathered read =
        read(
            "subject,relation,object\n\"Apple, Inc.\",\"says \"\"hi\"\" to\",\"two\r\nlines\"\nx,y,z\n");
    assertThat(read.triples())
        .containsExactly(
            List.of("Apple, Inc.", "says \"hi\" to", "two lines"), List.of("x", "y", "z"));
    assertThat(read.documents.get(1).place().line()).isEqualTo(4);
  }

  @Test
  void brokenLinesAreNamedAndTheOthersRead() throws IOException {
    Gathered read =
        read(
            """
            subject,relation,object
            a,b
            c,d,e
            f,,g
            h,i,"j"k
            l,m,n,o
            《》,p,q
            r,s,t
            """);
    assertThat(read.triples()).containsExactly(List.of("c", "d", "e"), List.of("r", "s", "t"));
    assertThat(read.faults)
        .containsExactly(
            file() + ":2: must have 3 values, got 2: [a, b]",
            file() + ":4: relation is empty",
            file() + ":5: behind a closing quotation mark must come a delimiter or the line's end",
            file() + ":6: must have 3 values, got 4: [l, m, n, o]",
            file() + ":7: subject is nothing but quotation marks: 《》");
  }

  @Test
  void anUnclosedQuotationMarkCostsItsLineAlone() throws IOException {
    StringBuilder text = new StringBuilder("subject,relation,object\n\"a,b,c\n");
    IntStream.range(0, 3 * CsvRecords.MAX_LINES).forEach(i -> text.append("s,r,o" + i + "\n"));
    Gathered read = read(text.toString());
    assertThat(read.documents).hasSize(3 * CsvRecords.MAX_LINES);
    assertThat(read.faults).singleElement().asString().contains(":2: a quotation mark is opened");
  }

  @Test
  void controlCharactersAreRefused() throws IOException {
    Gathered read = read("subject,relation,object\na\u0007,b,c\nd\te,f,g\n");
    assertThat(read.faults)
        .containsExactly(file() + ":2: subject has the control character U+0007");
    assertThat(read.triples()).containsExactly(List.of("d e", "f", "g"));
  }

  @Test
  void namesTooLongForAnEntityAreRefused() throws IOException {
    Gathered read = read("subject,relation,object\na,b," + "x".repeat(257) + "\n");
    assertThat(read.documents).isEmpty();
    assertThat(read.faults)
        .singleElement()
        .asString()
        .contains(":2: object must have at most 256 characters, got 257");
  }

  @Test
  void aLineInAnotherEncodingIsNamed() throws IOException {
    Files.write(
        file(), "subject,relation,object\n呐喊,b,c\nd,e,f\n".getBytes(Charset.forName("GBK")));
    Gathered read = Gathered.of(new CsvTriples(file(), CsvLayout.commas(), Files::newInputStream));
    assertThat(read.faults).containsExactly(file() + ":2: not UTF-8");
    assertThat(read.triples()).containsExactly(List.of("d", "e", "f"));
  }

  @Test
  void aHeaderWithoutAColumnEndsTheFile() {
    assertThatThrownBy(() -> read("head,relation,tail\na,b,c\n"))
        .isInstanceOf(BrokenException.class)
        .hasMessageContaining(":1: no column 'subject' for the subject")
        .hasMessageContaining("[head, relation, tail]")
        .hasMessageContaining("--columns");
  }

  @Test
  void aColumnThatIsNoPartOfATripleIsRefusedUnlessIgnored() throws IOException {
    String text = "subject,relation,object,confidence\na,b,c,0.9\n";
    assertThatThrownBy(() -> read(text))
        .hasMessageContaining(":1: a curated triple has no place for the column 'confidence'");
    CsvLayout layout = new CsvLayout(',', true, CsvLayout.FIELDS, Set.of("confidence"));
    assertThat(read(text, layout).triples()).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void withoutAHeaderColumnsAreNumbered() throws IOException {
    CsvLayout layout = new CsvLayout('\t', false, List.of("1", "2", "3"), Set.of());
    assertThat(read("a\tb\tc\nd\te\tf\n", layout).triples())
        .containsExactly(List.of("a", "b", "c"), List.of("d", "e", "f"));
  }

  @Test
  void theSameTripleIsTheSameDocument() throws IOException {
    Gathered read = read("subject,relation,object\na,b,c\n a , b , c \na,b,d\n");
    assertThat(read.documents.get(1).id()).isEqualTo(read.documents.get(0).id());
    assertThat(read.documents.get(2).id()).isNotEqualTo(read.documents.get(0).id());
  }

  /** Whatever values the library writes are read back, wherever a line is broken between them. */
  @Test
  void whatTheLibraryWritesIsReadBack() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder("subject,relation,object\n");
      List<List<Object>> expected = new ArrayList<>();
      try (CSVPrinter printer =
          new CSVPrinter(text, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get())) {
        for (int i = 0; i < 5; i++) {
          List<Object> triple = List.of(value(random), value(random), value(random));
          printer.printRecord(triple);
          expected.add(triple);
          if (random.nextInt(3) == 0) {
            printer.printRecord(List.of("broken"));
          }
        }
      }
      assertThat(read(text.toString()).triples()).as("seed " + seed).isEqualTo(expected);
    }
  }

  private static String value(Random random) {
    String[] parts = {"a", "\"", ",", "鲁", "'", "x"};
    StringBuilder value = new StringBuilder("n");
    for (int i = random.nextInt(6); i > 0; i--) {
      value.append(parts[random.nextInt(parts.length)]);
    }
    return value.append("n").toString();
  }

  private Gathered read(String text) throws IOException {
    return read(text, CsvLayout.commas());
  }

  private Gathered read(String text, CsvLayout layout) throws IOException {
    Files.write(file(), text.getBytes(StandardCharsets.UTF_8));
    return Gathered.of(new CsvTriples(file(), layout, Files::newInputStream));
  }

  private Path file() {
    return folder.resolve("triples.csv");
  }
}

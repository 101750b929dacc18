package dev.baton.tool;

import dev.baton.tool.curated.CsvLayout;
import dev.baton.tool.curated.CsvTriples;
import dev.baton.tool.curated.CuratedSource;
import dev.baton.tool.curated.FileOpener;
import dev.baton.tool.curated.KnowledgeLines;
import dev.baton.tool.curated.RdfFile;
import dev.baton.tool.curated.RdfKnowledge;
import dev.baton.tool.curated.RdfSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files of an import, and how they are to be understood. */
final class ImportOptions {

  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files;

  @Option(names = "--format", description = "csv, tsv, jsonl, turtle or ntriples.")
  private String format;

  @Option(names = "--delimiter", description = "Of CSV, one character or 'tab'; default a comma.")
  private String delimiter;

  @Option(names = "--columns", split = ",", description = "Of subject, relation and object.")
  private List<String> columns;

  @Option(names = "--no-header", description = "The first line of CSV is a triple.")
  private boolean noHeader;

  @Option(names = "--ignore", split = ",", description = "Columns to pass over.")
  private List<String> ignored = List.of();

  @Option(names = "--language", defaultValue = "zh", description = "zh or en, of RDF names.")
  private String language;

  /** The files as they were named. */
  List<Path> files() {
    return files;
  }

  /** What decides which documents the files give, for comparison with another run. */
  @Override
  public String toString() {
    return "format %s, delimiter %s, columns %s, header %s, ignore %s, language %s"
        .formatted(format, delimiter, columns, !noHeader, ignored, language);
  }

  /** Bytes that reading all once comes to. */
  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new CollectionFormatException(file + " is not a file");
      }
      bytes += Files.size(file) * (isRdf(file) ? 2 : 1);
    }
    return bytes;
  }

  /**
   * The sources in the order of the files; all RDF is one of them, at the place of its first file.
   *
   * @throws CollectionFormatException naming option, value and rule
   */
  List<CuratedSource> sources(FileOpener opener) {
    if (!Set.of("zh", "en").contains(language)) {
      throw new CollectionFormatException("--language must be zh or en, got: " + language);
    }
    List<RdfFile> rdf = new ArrayList<>();
    for (Path file : files) {
      if (isRdf(file)) {
        RdfSyntax syntax =
            format(file) == ImportFormat.TURTLE ? RdfSyntax.TURTLE : RdfSyntax.N_TRIPLES;
        rdf.add(new RdfFile(file, syntax, opener));
      }
    }
    List<CuratedSource> sources = new ArrayList<>();
    for (Path file : files) {
      if (isRdf(file)) {
        if (file.equals(rdf.get(0).file())) {
          sources.add(new RdfKnowledge(rdf, language));
        }
      } else if (format(file) == ImportFormat.JSONL) {
        sources.add(new KnowledgeLines(file, opener));
      } else {
        sources.add(new CsvTriples(file, layout(format(file)), opener));
      }
    }
    return sources;
  }

  private ImportFormat format(Path file) {
    return format == null ? ImportFormat.of(file) : ImportFormat.named(format);
  }

  private boolean isRdf(Path file) {
    return format(file) == ImportFormat.TURTLE || format(file) == ImportFormat.NTRIPLES;
  }

  private CsvLayout layout(ImportFormat of) {
    List<String> named = columns;
    if (named == null) {
      named = noHeader ? List.of("1", "2", "3") : CsvLayout.commas().columns();
    }
    try {
      return new CsvLayout(delimiter(of), !noHeader, named, Set.copyOf(ignored));
    } catch (IllegalArgumentException e) {
      throw new CollectionFormatException(e.getMessage());
    }
  }

  private char delimiter(ImportFormat of) {
    if (delimiter == null) {
      return of == ImportFormat.TSV ? '\t' : ',';
    }
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1) {
      throw new CollectionFormatException(
          "--delimiter must be one character or 'tab', got: " + delimiter);
    }
    return delimiter.charAt(0);
  }
}

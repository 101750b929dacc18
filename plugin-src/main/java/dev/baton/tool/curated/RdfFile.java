package dev.baton.tool.curated;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.ParseErrorListener;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;
import org.eclipse.rdf4j.rio.helpers.NTriplesParserSettings;

/**
 * A file of RDF statements.
 *
 * @param opener counts what is read
 */
public record RdfFile(Path file, RdfSyntax syntax, FileOpener opener) {

  /** Takes a statement and where it ends. */
  interface Statements {
    void accept(Statement statement, Place place);
  }

  /**
   * Reads the statements. Behind a fault it goes on with the next line of N-Triples; in Turtle,
   * where a statement may span lines, a fault of syntax ends the file.
   *
   * @param faults told of each fault; goes on if it returns
   */
  void read(Statements statements, Consumer<BrokenException> faults) throws IOException {
    RDFParser parser = syntax.parser();
    parser.getParserConfig().addNonFatalError(NTriplesParserSettings.FAIL_ON_INVALID_LINES);
    parser.getParserConfig().addNonFatalError(BasicParserSettings.VERIFY_LANGUAGE_TAGS);
    Reading reading = new Reading(statements, faults);
    parser.setRDFHandler(reading);
    parser.setParseErrorListener(reading);
    parser.setParseLocationListener((line, column) -> reading.line = line);
    try (InputStream in = opener.open(file)) {
      parser.parse(in, "file:///" + file.getFileName());
    } catch (RDFParseException e) {
      faults.accept(
          new BrokenException(
              new Place(file, Math.max(e.getLineNumber(), 0)),
              "not "
                  + syntax
                  + ": "
                  + bare(e.getMessage())
                  + "; the rest of the file is not read"));
    }
  }

  /** A message without the place that the library puts behind it. */
  private static String bare(String message) {
    return message.replaceFirst("\\s*\\[line \\d+(, column \\d+)?\\]$", "");
  }

  private final class Reading extends AbstractRDFHandler implements ParseErrorListener {
    private final Statements statements;
    private final Consumer<BrokenException> faults;
    private long line;

    private Reading(Statements statements, Consumer<BrokenException> faults) {
      this.statements = statements;
      this.faults = faults;
    }

    @Override
    public void handleStatement(Statement statement) {
      statements.accept(statement, new Place(file, Math.max(line, 1)));
    }

    @Override
    public void warning(String message, long lineNumber, long columnNumber) {
      // what is only unusual is taken as it is
    }

    @Override
    public void error(String message, long lineNumber, long columnNumber) {
      faults.accept(
          new BrokenException(
              new Place(file, Math.max(lineNumber, 0)), "not " + syntax + ": " + bare(message)));
    }

    /** Comes again as the exception that ends the parsing. */
    @Override
    public void fatalError(String message, long lineNumber, long columnNumber) {}
  }
}

package dev.baton.solr;

import dev.baton.extraction.TextReader;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.SolrCore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of a core: those that its default update chain reads documents with, so that queries
 * are embedded by the same models without saying so twice.
 */
final class CoreReaders {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  /** Words for every model. */
  private static final String WARM_UP = "Baton 2026";

  private CoreReaders() {}

  /**
   * The vectors that questions of a language are compared with, and their reader.
   *
   * @throws SolrException 400 if the default update chain reads no such texts
   */
  static VectorSpace questions(SolrCore core, Language language) {
    return find(core, language)
        .map(LanguageReaders::questions)
        .orElseThrow(() ->
            new SolrException(
                ErrorCode.BAD_REQUEST,
                "the vector channel needs a model that reads '"
                    + language.code()
                    + "', and the default update chain of '"
                    + core.getName()
                    + "' has none; baton.channels=lexical,graph leaves it out"));
  }

  /** Whether a model reads a language. */
  static boolean reads(SolrCore core, Language language) {
    return find(core, language).isPresent();
  }

  /** The field of the vectors that questions of a language are compared with. */
  static String questionField(SolrCore core, Language language) {
    return find(core, language)
        .map(readers -> readers.questions().field())
        .orElse(EnrichmentFields.embedding(language));
  }

  /**
   * The vector of a question.
   *
   * @throws SolrException 400 if there is nothing in it to embed or no model for its language, 503
   *     if there is too much to do, 500 if the model fails
   */
  static float[] embedding(SolrCore core, Language language, String question) {
    TextReader reader = questions(core, language).reader();
    try {
      return reader.embedQuery(question);
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    } catch (OverloadException e) {
      throw new SolrException(ErrorCode.SERVICE_UNAVAILABLE, e.getMessage(), e);
    } catch (ModelException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "the query could not be embedded: " + e.getMessage(), e);
    }
  }

  /** Lets every model read a word; one that cannot says so to the first question as well. */
  static void warmUp(SolrCore core) {
    EnrichmentUpdateProcessorFactory.of(core)
        .map(EnrichmentUpdateProcessorFactory::readers)
        .orElse(Map.of())
        .forEach((language, readers) -> {
          try {
            readers.questions().reader().embedQuery(WARM_UP);
          } catch (RuntimeException e) {
            log.warn("the model for '{}' could not be warmed up", language.code(), e);
          }
        });
  }

  private static Optional<LanguageReaders> find(SolrCore core, Language language) {
    return EnrichmentUpdateProcessorFactory.of(core)
        .map(enrichment -> enrichment.readers().get(language));
  }
}

package dev.baton.solr;

import dev.baton.text.Language;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.SolrCore;

/**
 * The readers of a core: those that its default update chain reads documents with, so that queries
 * are embedded by the same models without saying so twice.
 */
final class CoreReaders {

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

  /** The field of the vectors that questions of a language are compared with. */
  static String questionField(SolrCore core, Language language) {
    return find(core, language)
        .map(readers -> readers.questions().field())
        .orElse(EnrichmentFields.embedding(language));
  }

  private static Optional<LanguageReaders> find(SolrCore core, Language language) {
    return EnrichmentUpdateProcessorFactory.of(core)
        .map(enrichment -> enrichment.readers().get(language));
  }
}

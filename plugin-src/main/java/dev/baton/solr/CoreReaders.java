package dev.baton.solr;

import dev.baton.extraction.TextReader;
import dev.baton.text.Language;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.SolrCore;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;

/**
 * The readers of a core: those that its default update chain reads documents with, so that queries
 * are embedded by the same models without saying so twice.
 */
final class CoreReaders {

  private CoreReaders() {}

  /**
   * The reader of a language.
   *
   * @throws SolrException 400 if the default update chain has none
   */
  static TextReader of(SolrCore core, Language language) {
    for (UpdateRequestProcessorFactory factory :
        core.getUpdateProcessingChain(null).getProcessors()) {
      if (factory instanceof EnrichmentUpdateProcessorFactory enrichment) {
        TextReader reader = enrichment.readers().get(language);
        if (reader != null) {
          return reader;
        }
      }
    }
    throw new SolrException(
        ErrorCode.BAD_REQUEST,
        "the vector channel needs a model that reads '"
            + language.code()
            + "', and the default update chain of '"
            + core.getName()
            + "' has none; baton.channels=lexical,graph leaves it out");
  }
}

package dev.baton.solr;

import dev.baton.text.Language;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;

/**
 * Puts title and body into the fields that are analysed in their language: {@code title_zh} and
 * {@code body_zh}, or {@code title_en} and {@code body_en}. Those are not stored, so this must see
 * complete documents: it stands behind the DistributedUpdateProcessor, which merges partial
 * updates. Nested documents are treated each by itself; where {@code lang} is absent the language
 * is detected.
 *
 * <p>A text in a language that Baton does not know gets the English analysis, whose tokenizer
 * follows Unicode and serves every script with blanks between words. It has no settings.
 */
public class LanguageFieldsUpdateProcessorFactory extends UpdateRequestProcessorFactory {

  private static final List<String> FIELDS = List.of(EnrichmentFields.TITLE, EnrichmentFields.BODY);

  @Override
  public UpdateRequestProcessor getInstance(
      SolrQueryRequest request, SolrQueryResponse response, UpdateRequestProcessor next) {
    return new UpdateRequestProcessor(next) {
      @Override
      public void processAdd(AddUpdateCommand command) throws IOException {
        if (!command.isInPlaceUpdate()) {
          command.solrDoc.visitSelfAndNestedDocs((label, document) -> analyse(document));
        }
        super.processAdd(command);
      }
    };
  }

  private static void analyse(SolrInputDocument document) {
    StringBuilder text = new StringBuilder();
    for (String field : FIELDS) {
      for (Language language : Language.values()) {
        document.removeField(field + "_" + language.code());
      }
      SourceDocument.values(document, field).forEach(value -> text.append(value).append('\n'));
    }
    if (text.isEmpty()) {
      return;
    }
    Language language =
        SourceDocument.values(document, EnrichmentFields.LANG).stream()
            .findFirst()
            .map(SourceDocument::language)
            .orElseGet(() -> Optional.of(Language.detect(text.toString())))
            .orElse(Language.EN);
    for (String field : FIELDS) {
      SourceDocument.values(document, field)
          .forEach(value -> document.addField(field + "_" + language.code(), value));
    }
  }
}

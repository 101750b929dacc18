package dev.baton.solr;

import dev.baton.graph.GraphTerms;
import dev.baton.text.Language;
import dev.baton.text.TextCleaner;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.SolrInputField;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.processor.AtomicUpdateDocumentMerger;

/**
 * An atomic update: what it makes of the stored document as far as that is read, and the same
 * update with the enrichment added to it. The stored document never changes here; that is left to
 * Solr, which refuses the update if the document is no longer the one that was read.
 */
final class PartialUpdate {

  private static final long MUST_NOT_EXIST = -1;
  private static final String VERSION = CommonParams.VERSION_FIELD;

  private final AddUpdateCommand command;
  private final SolrInputDocument update;
  private final List<String> sourceFields;

  PartialUpdate(AddUpdateCommand command, List<String> sourceFields) {
    this.command = command;
    this.update = command.solrDoc;
    this.sourceFields = sourceFields;
  }

  /** Whether it changes anything that the enrichment depends on. */
  boolean touchesSource() {
    return inputs(sourceFields).stream().anyMatch(update::containsKey);
  }

  /** The source fields that come with it. */
  Set<String> touchedSourceFields() {
    return sourceFields.stream().filter(update::containsKey).collect(Collectors.toSet());
  }

  /** All fields that decide about the enrichment. */
  static Set<String> inputs(List<String> sourceFields) {
    Set<String> inputs = new LinkedHashSet<>(sourceFields);
    inputs.addAll(EnrichmentFields.CURATED);
    return inputs;
  }

  /**
   * The fields that are read, as they will be.
   *
   * @param stored null where there is no such document
   * @throws org.apache.solr.common.SolrException 400 for an operation that Solr does not know
   */
  SolrInputDocument merged(SolrInputDocument stored, SolrQueryRequest request) {
    SolrInputDocument target = new SolrInputDocument();
    SolrInputDocument operations = new SolrInputDocument();
    for (String field : inputs(sourceFields)) {
      SolrInputField operation = update.getField(field);
      if (operation != null) {
        operations.put(field, operation.deepCopy());
      }
      if (stored != null && stored.getFieldValue(field) != null) {
        target.put(field, stored.getField(field).deepCopy());
      }
    }
    forgetDerived(target);
    String idField = request.getSchema().getUniqueKeyField().getName();
    operations.put(idField, update.getField(idField).deepCopy());
    target.put(idField, update.getField(idField).deepCopy());
    return new AtomicUpdateDocumentMerger(request).merge(operations, target);
  }

  /** What was derived from other fields the last time is derived anew. */
  private void forgetDerived(SolrInputDocument target) {
    Object lang = target.getFieldValue(EnrichmentFields.LANG);
    if (lang != null) {
      String text =
          sourceFields.stream()
              .flatMap(field -> SourceDocument.values(target, field).stream())
              .collect(Collectors.joining("\n"));
      if (Language.detect(text).code().equals(lang)) {
        target.removeField(EnrichmentFields.LANG);
      }
    }
    forgetCopy(target, EnrichmentFields.TITLE, EnrichmentFields.NAME);
    forgetCopy(target, EnrichmentFields.BODY, EnrichmentFields.DESCRIPTION);
  }

  private static void forgetCopy(SolrInputDocument target, String field, String from) {
    List<String> original = SourceDocument.values(target, from);
    if (!original.isEmpty()
        && SourceDocument.values(target, field)
            .equals(List.of(TextCleaner.clean(original.get(0)).text()))) {
      target.removeField(field);
    }
  }

  /**
   * The update with the enrichment: a {@code set} for each field that has a value now or had one.
   *
   * @param isWritten whether the enrichment writes a field
   * @param replaced source values to write back
   * @param values of the enrichment fields
   */
  SolrInputDocument enriched(
      SolrInputDocument stored,
      Predicate<String> isWritten,
      Map<String, Object> replaced,
      Map<String, Object> values) {
    SolrInputDocument result = update.deepCopy();
    replaced.forEach((field, value) -> result.setField(field, set(value)));
    Set<String> fields = new LinkedHashSet<>(values.keySet());
    if (stored != null) {
      stored.getFieldNames().stream().filter(isWritten).forEach(fields::add);
      if (PassageDocuments.count(stored) > 0) {
        fields.add(PassageDocuments.FIELD);
      }
      Collection<Object> names = stored.getFieldValues(GraphTerms.NAMES);
      if (names != null) {
        fields.addAll(EnrichmentFields.typedEntities(names).keySet());
      }
    }
    fields.forEach(field -> result.setField(field, set(values.get(field))));
    if (guardsVersion()) {
      Object version = stored == null ? null : stored.getFieldValue(VERSION);
      result.setField(VERSION, version == null ? MUST_NOT_EXIST : version);
    }
    return result;
  }

  /**
   * Whether the version is ours to set; a client that gives one, in the document or in the
   * parameters of the request, keeps its own. One that wants conflicts passed over in silence gets
   * no guard: its update would be lost.
   */
  boolean guardsVersion() {
    Object version = update.getFieldValue(VERSION);
    if (version == null) {
      version = command.getReq().getParams().get(VERSION);
    }
    boolean conflictsFail =
        command.getReq().getParams().getBool(CommonParams.FAIL_ON_VERSION_CONFLICTS, true);
    return conflictsFail
        && command.getVersion() == 0
        && (version == null || Long.parseLong(version.toString()) == 0);
  }

  private static Map<String, Object> set(Object value) {
    return Collections.singletonMap("set", value);
  }
}

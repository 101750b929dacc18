package dev.baton.solr;

import dev.baton.extraction.Passage;
import dev.baton.extraction.SourceText;
import dev.baton.search.Passages;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.SolrInputField;

/**
 * The passages of a document as nested documents, under the pseudo-field {@value #FIELD}: where
 * each lies in the stored field, and its vector. A passage's id is that of the document, {@value
 * #ID_MARK}, the field of its vector, a slash and a number from 0: while one model is exchanged for
 * another, each has passages of its own, as each cuts a text by its own tokens. These, the kind and
 * the count are Baton's own; a client that sends one of them is refused.
 */
final class PassageDocuments {

  /** Where the passages stand in their document. */
  static final String FIELD = "passages";

  /** Between the id of the document and the number: U+241F, "symbol for unit separator", first. */
  static final String ID_MARK = "\u241fpassage/";

  private static final Set<String> OWN =
      Set.of(
          Passages.COUNT,
          Passages.NUMBER,
          Passages.FIELD,
          Passages.VALUE,
          Passages.START,
          Passages.END);

  private PassageDocuments() {}

  /** The names that a schema must have. */
  static Collection<String> fields() {
    return OWN;
  }

  /**
   * What to put into {@code fl} for whole passages, beside the id and the vectors: between nodes a
   * field of a child arrives only if it is asked for of the document too. All of them: the
   * transformer's own bound is 10.
   */
  static Collection<String> returned() {
    List<String> fields = new ArrayList<>(OWN);
    fields.addAll(List.of(EnrichmentFields.KIND, EnrichmentFields.LANG, FIELD));
    fields.add(
        "[child childFilter='%s:%s' limit=-1 fl='*']"
            .formatted(Passages.KIND_FIELD, Passages.KIND));
    return fields;
  }

  /**
   * The nested documents, in the order of the text.
   *
   * @param field of the vectors
   */
  static List<SolrInputDocument> of(
      String documentId,
      String idField,
      Language language,
      String field,
      SourceText text,
      List<Passage> passages) {
    List<SolrInputDocument> documents = new ArrayList<>(passages.size());
    for (Passage passage : passages) {
      Optional<SourceText.Place> place = text.largestPlace(passage.span());
      if (place.isPresent()) {
        int number = documents.size();
        SolrInputDocument document = new SolrInputDocument();
        document.setField(idField, documentId + ID_MARK + field + "/" + number);
        document.setField(EnrichmentFields.KIND, Passages.KIND);
        document.setField(EnrichmentFields.LANG, language.code());
        document.setField(Passages.NUMBER, number);
        document.setField(Passages.FIELD, place.get().part().field());
        document.setField(Passages.VALUE, place.get().part().index());
        document.setField(Passages.START, place.get().span().start());
        document.setField(Passages.END, place.get().span().end());
        document.setField(field, EnrichmentValues.numbers(passage.vector()));
        documents.add(document);
      }
    }
    return documents;
  }

  /** Those of a stored document that was fetched with them; none where it was not. */
  static List<SolrInputDocument> stored(SolrInputDocument document) {
    List<SolrInputDocument> passages = new ArrayList<>();
    Collection<Object> values = document.getFieldValues(FIELD);
    if (values != null) {
      values.forEach(value -> passages.add((SolrInputDocument) value));
    }
    return passages;
  }

  /** Those with a vector in a field. */
  static List<SolrInputDocument> stored(SolrInputDocument document, String field) {
    return stored(document).stream()
        .filter(passage -> passage.getFieldValue(field) != null)
        .toList();
  }

  /** Whether a stored document was fetched with all its passages. */
  static boolean isWhole(SolrInputDocument stored) {
    return count(stored) == stored(stored).size();
  }

  /** How many a stored document has. */
  static int count(SolrInputDocument stored) {
    return stored.getFieldValue(Passages.COUNT) instanceof Number count ? count.intValue() : 0;
  }

  /**
   * Refuses what only Baton may write.
   *
   * @param partial whether it is a partial update; a complete document may bring the count back
   *     that a client once got with it, which is then made anew
   * @throws SolrException 400 with the rule
   */
  static void refuse(SolrInputDocument document, String idField, boolean partial) {
    String id = String.valueOf(document.getFieldValue(idField));
    if (id.contains(ID_MARK)) {
      throw badRequest("ids with '" + ID_MARK + "' are those of passages", id);
    }
    if (document.containsKey(FIELD)) {
      throw badRequest("the passages of a document are made by Baton", "field '" + FIELD + "'");
    }
    if (!partial) {
      OWN.forEach(document::removeField);
    }
    for (SolrInputField field : document) {
      if (OWN.contains(field.getName())) {
        throw badRequest("fields of passages are written by Baton", "'" + field.getName() + "'");
      }
      if (field.getName().equals(EnrichmentFields.KIND) && isPassage(field.getValue())) {
        throw badRequest("kind=passage is Baton's own", "document '" + id + "'");
      }
      refuseNested(field.getValue(), idField);
    }
    if (document.hasChildDocuments()) {
      refuseNested(document.getChildDocuments(), idField);
    }
  }

  private static void refuseNested(Object value, String idField) {
    if (value instanceof SolrInputDocument nested) {
      refuse(nested, idField, false);
    } else if (value instanceof Collection<?> values) {
      values.forEach(element -> refuseNested(element, idField));
    } else if (value instanceof Map<?, ?> operations) {
      operations.values().forEach(operand -> refuseNested(operand, idField));
    }
  }

  private static boolean isPassage(Object value) {
    return value instanceof Collection<?> values
        ? values.stream().anyMatch(PassageDocuments::isPassage)
        : value instanceof Map<?, ?> operations
            ? isPassage(operations.values())
            : Passages.KIND.equals(String.valueOf(value));
  }

  private static SolrException badRequest(String rule, String got) {
    return new SolrException(SolrException.ErrorCode.BAD_REQUEST, rule + ", got: " + got);
  }
}

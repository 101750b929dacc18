package dev.baton.solr;

import dev.baton.search.Passages;
import dev.baton.text.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * A document of the index that stands in for a question: more like it is asked for.
 *
 * @param itself finds it and no other
 * @param docId in the searcher of the request
 * @param language of its text
 * @param texts its stored title and body
 */
record LikeDocument(Query itself, int docId, Language language, List<String> texts) {

  /**
   * The document of an id.
   *
   * @param witnesses the documents that the request may see; null for all
   * @throws SolrException 404 if there is none that the request may see: whether a hidden one is
   *     there is not said
   */
  static LikeDocument of(
      SolrIndexSearcher searcher, String id, Query witnesses, List<String> textFields)
      throws IOException {
    String idField = searcher.getSchema().getUniqueKeyField().getName();
    Query itself = new TermQuery(new Term(idField, id));
    BooleanQuery.Builder visible =
        new BooleanQuery.Builder().add(itself, Occur.FILTER).add(Passages.ALL, Occur.MUST_NOT);
    if (witnesses != null) {
      visible.add(witnesses, Occur.FILTER);
    }
    ScoreDoc[] found = searcher.search(visible.build(), 1).scoreDocs;
    if (found.length == 0) {
      throw new SolrException(
          ErrorCode.NOT_FOUND,
          "baton.like must be the id of a document that the request may see, got: '"
              + id
              + "'; a filter that chooses among hits and hides nothing can be told by a tag, see "
              + RequestVisibility.PARAMETER);
    }
    Set<String> fields = new HashSet<>(textFields);
    fields.add(EnrichmentFields.LANG);
    Document stored = searcher.storedFields().document(found[0].doc, fields);
    List<String> texts = new ArrayList<>();
    for (String field : textFields) {
      for (IndexableField value : stored.getFields(field)) {
        texts.add(value.stringValue());
      }
    }
    Language language =
        Optional.ofNullable(stored.get(EnrichmentFields.LANG))
            .flatMap(SourceDocument::language)
            .orElseGet(() -> Language.detect(String.join("\n", texts)));
    return new LikeDocument(itself, found[0].doc, language, texts);
  }
}

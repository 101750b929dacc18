package dev.baton.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * The words that tell a text from others, as a query: of each field the {@value #WORDS} terms of
 * highest tf * idf that another document has too, by Lucene's {@link MoreLikeThis}. Analyses the
 * first {@value MoreLikeThis#DEFAULT_MAX_NUM_TOKENS_PARSED} tokens of each text for each field.
 */
public final class TellingWords {

  /** How many terms are taken of a field at most. */
  static final int WORDS = 12;

  private TellingWords() {}

  /**
   * The query; matches nothing where no word tells.
   *
   * @param analyzer of the index, for every field
   * @param fields where the words are looked for, with the weight of each
   * @param texts of the document, whatever field they come from
   */
  public static Query of(
      IndexSearcher searcher, Analyzer analyzer, Map<String, Float> fields, List<String> texts)
      throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (Map.Entry<String, Float> field : fields.entrySet()) {
      Query query = of(searcher.getIndexReader(), analyzer, field.getKey(), texts);
      words.add(
          field.getValue() == 1 ? query : new BoostQuery(query, field.getValue()), Occur.SHOULD);
    }
    return words.build();
  }

  private static Query of(
      IndexReader reader, Analyzer analyzer, String field, Collection<String> texts)
      throws IOException {
    MoreLikeThis words = new MoreLikeThis(reader);
    words.setAnalyzer(analyzer);
    words.setFieldNames(new String[] {field});
    words.setMinTermFreq(1);
    words.setMinDocFreq(2);
    words.setMaxQueryTerms(WORDS);
    return words.like(Map.of(field, new ArrayList<Object>(texts)));
  }
}

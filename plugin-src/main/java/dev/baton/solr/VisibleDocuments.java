package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The documents of a searcher that a request may see, as witnesses of graph terms. Exact, from the
 * postings. For one request and one thread.
 */
final class VisibleDocuments implements Visibility {

  private final SolrIndexSearcher searcher;
  private final DocSet visible;
  private final Map<FieldTerm, Integer> counted = new HashMap<>();

  /**
   * @param visible null for all live documents
   */
  VisibleDocuments(SolrIndexSearcher searcher, DocSet visible) {
    this.searcher = searcher;
    this.visible = visible;
  }

  @Override
  public int documents(String field, String term) {
    return counted.computeIfAbsent(
        new FieldTerm(field, term), fieldTerm -> documents(List.of(fieldTerm)));
  }

  /** How many documents carry at least one of some terms. */
  int documents(List<FieldTerm> terms) {
    int sum = 0;
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      sum += matching(leaf, terms).cardinality();
    }
    return sum;
  }

  /**
   * The ids of the first documents, in the order of the index, that carry at least one of some
   * terms.
   */
  List<String> witnesses(List<FieldTerm> terms, int limit) {
    String idField = searcher.getSchema().getUniqueKeyField().getName();
    List<String> ids = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      if (ids.size() >= limit) {
        break;
      }
      FixedBitSet found = matching(leaf, terms);
      for (int doc = next(found, 0);
          doc != DocIdSetIterator.NO_MORE_DOCS && ids.size() < limit;
          doc = next(found, doc + 1)) {
        try {
          ids.add(searcher.doc(leaf.docBase + doc, Set.of(idField)).get(idField));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return ids;
  }

  private FixedBitSet matching(LeafReaderContext leaf, List<FieldTerm> terms) {
    FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
    Bits live = leaf.reader().getLiveDocs();
    try {
      for (FieldTerm fieldTerm : terms) {
        PostingsEnum postings = postings(leaf, fieldTerm);
        if (postings == null) {
          continue;
        }
        for (int doc = postings.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = postings.nextDoc()) {
          if (visible == null
              ? live == null || live.get(doc)
              : visible.exists(leaf.docBase + doc)) {
            found.set(doc);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static PostingsEnum postings(LeafReaderContext leaf, FieldTerm fieldTerm)
      throws IOException {
    if (leaf.reader().terms(fieldTerm.field()) == null) {
      return null;
    }
    TermsEnum terms = leaf.reader().terms(fieldTerm.field()).iterator();
    return terms.seekExact(new BytesRef(fieldTerm.term()))
        ? terms.postings(null, PostingsEnum.NONE)
        : null;
  }

  private static int next(FixedBitSet bits, int from) {
    return from >= bits.length() ? DocIdSetIterator.NO_MORE_DOCS : bits.nextSetBit(from);
  }
}

package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Goes through the documents of a few terms and knows which term each has: straight from the
 * postings, a third of what a search and a look at the docValues of its hits would cost.
 */
final class TermDocuments {

  private TermDocuments() {}

  /** Is told of a document, by Lucene's docID in the searcher, and one of its terms. */
  @FunctionalInterface
  interface Visitor {
    void visit(BytesRef term, int docId) throws IOException;
  }

  /**
   * Visits each live document once for each of the terms that it has: by segment, there by term in
   * the order given, of a term by docID.
   *
   * @param terms ascending ones are found fastest
   * @param candidates the documents that are visited; null for all
   */
  static void visit(
      IndexSearcher searcher,
      String field,
      Collection<BytesRef> terms,
      Candidates candidates,
      Visitor visitor)
      throws IOException {
    if (terms.isEmpty()) {
      return;
    }
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Terms indexed = leaf.reader().terms(field);
      if (indexed == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      TermsEnum at = indexed.iterator();
      PostingsEnum docs = null;
      for (BytesRef term : terms) {
        if (!at.seekExact(term)) {
          continue;
        }
        docs = at.postings(docs, PostingsEnum.NONE);
        for (int doc = docs.nextDoc(); doc != NO_MORE_DOCS; doc = docs.nextDoc()) {
          if ((live == null || live.get(doc))
              && (candidates == null || candidates.contains(leaf, doc))) {
            visitor.visit(term, leaf.docBase + doc);
          }
        }
      }
    }
  }
}

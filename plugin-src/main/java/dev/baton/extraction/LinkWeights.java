package dev.baton.extraction;

/**
 * How much each kind of evidence says for a candidate, in units of log odds. Chosen by hand on half
 * of the names of test-collections/linking, see docs/adr/0009-linking.md.
 *
 * @param named another name in the document means the candidate alone
 * @param qualifier the document says the words that tell the candidate from its namesakes
 * @param neighbours the document names what the graph relates to the candidate, times a share in
 *     [0, 1]
 * @param description for each 0.1 of cosine between the document and the candidate's description
 *     above {@code cosineFloor}, negative below it
 * @param cosineFloor where the cosine says nothing
 * @param type the mention is of the candidate's type, or, with the other sign, of another
 * @param prior times the logarithm of the candidate's share in the documents of all candidates
 * @param none what speaks for "none of them", so that type and prior alone link nothing
 */
record LinkWeights(
    double named,
    double qualifier,
    double neighbours,
    double description,
    double cosineFloor,
    double type,
    double prior,
    double none) {

  /** What is used. */
  static final LinkWeights DEFAULT = new LinkWeights(4, 2, 3, 1.5, 0.5, 0.25, 0.1, 0.35);
}

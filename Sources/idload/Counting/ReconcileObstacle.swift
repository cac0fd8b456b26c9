/// Why the counts of a run cannot be held against those of one node.
enum ReconcileObstacle {
    case warmup
    case severalParts
    case severalTargets
    case nameServer
    case administration
}

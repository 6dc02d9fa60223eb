package dev.sqlmem;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which type uses which, nested types counted as their outermost one. That an interface names its own kinds (to decode
 * one of them, say) is no use of them.
 */
final class TypeGraph {
    private static final String ROOT = "dev.sqlmem";
    private static final String LIBRARY = "(library)";

    private final Map<String, Set<String>> uses = new TreeMap<>();

    TypeGraph(JavaClasses classes) {
        for (JavaClass each : classes) {
            if (!each.getSimpleName().equals("package-info")) {
                add(each);
            }
        }
    }

    private void add(JavaClass type) {
        String name = outermost(type.getName());
        Set<String> used = uses.computeIfAbsent(name, key -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().forEach(dependency -> {
            String target =
                    outermost(dependency.getTargetClass().getBaseComponentType().getName());
            boolean ownKind = dependency.getTargetClass().isAssignableTo(type.getName()) && type.isInterface();
            if (target.startsWith(ROOT + ".") && !target.equals(name) && !ownKind) {
                used.add(target);
            }
        });
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static String packageOf(String type) {
        String name = type.substring(0, type.lastIndexOf('.'));
        return name.equals(ROOT) ? LIBRARY : name.substring(ROOT.length() + 1);
    }

    /** Each package with the others that it uses. */
    Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        uses.forEach((type, used) -> {
            Set<String> known = arrows.computeIfAbsent(packageOf(type), key -> new TreeSet<>());
            used.stream()
                    .map(TypeGraph::packageOf)
                    .filter(each -> !each.equals(packageOf(type)))
                    .forEach(known::add);
        });
        return arrows;
    }

    Set<String> packages() {
        return arrows().keySet();
    }

    long size(String room) {
        return uses.keySet().stream()
                .filter(each -> packageOf(each).equals(room))
                .count();
    }

    /** The largest set of a package's types each of which leads to every other; one type where there is none. */
    Set<String> largestCycle(String room) {
        return new Cycles(room).largest();
    }

    /** The largest of all packages. */
    Set<String> largestCycle() {
        return packages().stream()
                .map(this::largestCycle)
                .max(Comparator.comparingInt(Set::size))
                .orElse(Set.of());
    }

    /** Tarjan's strongly connected components, within one package. */
    private final class Cycles {
        private final String room;
        private final Map<String, Integer> found = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final Set<String> onPath = new HashSet<>();
        private Set<String> largest = Set.of();

        Cycles(String room) {
            this.room = room;
        }

        Set<String> largest() {
            uses.keySet().stream().filter(each -> packageOf(each).equals(room)).forEach(each -> {
                if (!found.containsKey(each)) {
                    visit(each);
                }
            });
            return largest;
        }

        private void visit(String type) {
            int number = found.size();
            found.put(type, number);
            lowest.put(type, number);
            path.push(type);
            onPath.add(type);
            for (String used : uses.getOrDefault(type, Set.of())) {
                if (packageOf(used).equals(room)) {
                    follow(type, used);
                }
            }
            if (lowest.get(type) == number) {
                component(type);
            }
        }

        private void follow(String type, String used) {
            if (!found.containsKey(used)) {
                visit(used);
                lowest.merge(type, lowest.get(used), Math::min);
            } else if (onPath.contains(used)) {
                lowest.merge(type, found.get(used), Math::min);
            }
        }

        private void component(String root) {
            Set<String> members = new TreeSet<>();
            String member;
            do {
                member = path.pop();
                onPath.remove(member);
                members.add(member.substring(member.lastIndexOf('.') + 1));
            } while (!member.equals(root));
            if (members.size() > largest.size()) {
                largest = members;
            }
        }
    }
}

import java.util.stream.LongStream;

/** Programs in Java. Usage: java Others NAME. */
class Others {
    /** About 20 ms on a core of 4 GHz. */
    static long compute(long seed) {
        long value = seed;
        for (int i = 0; i < 20_000_000; i++) value = value * 6364136223846793005L + 1442695040888963407L;
        return value;
    }

    public static void main(String[] words) {
        switch (words[0]) {
            case "compute" -> System.out.println(LongStream.range(0, 60).map(Others::compute).sum());
            case "streams" ->
                System.out.println(LongStream.range(0, 60).parallel().map(Others::compute).sum());
            default -> System.exit(2);
        }
    }
}

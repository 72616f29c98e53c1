import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.TestingSession;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Runs the queries of a JSON file, a list of texts, and writes the rows of each into another. */
public class RunQueries {
    public static void main(String[] files) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<List<List<Object>>> results = new ArrayList<>();
        try (LocalQueryRunner trino = LocalQueryRunner.create(TestingSession.testSessionBuilder().build())) {
            for (String query : json.readValue(new File(files[0]), String[].class)) {
                List<List<Object>> rows = new ArrayList<>();
                trino.execute(query).getMaterializedRows().forEach(row -> rows.add(row.getFields()));
                results.add(rows);
            }
        }
        json.writeValue(new File(files[1]), results);
        System.exit(0); // threads of the engine go on
    }
}

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Holds the events of a JSON file, `{ pattern, events }`, against the pattern, and writes for each whether it matches into another. */
public class MatchEvents {
    public static void main(String[] files) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode given = json.readTree(new File(files[0]));
        Machine machine = new Machine();
        machine.addRule("rule", given.get("pattern").toString());
        List<Boolean> results = new ArrayList<>();
        for (JsonNode event : given.get("events")) {
            results.add(machine.rulesForJSONEvent(event.toString()).contains("rule"));
        }
        json.writeValue(new File(files[1]), results);
    }
}
